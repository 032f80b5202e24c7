package com.aitutor.local;

import picocli.CommandLine.Command;

/** For tests and the build. */
@Command(name = "engine", description = "Gets the Pulumi engine when it is missing, and prints the folder that it is in.")
final class EngineCommand implements Runnable {
    @Override
    public void run() {
        System.out.println(Engine.get(Folders.current()).folder());
    }
}
