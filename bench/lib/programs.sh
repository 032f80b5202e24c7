# shellcheck shell=bash disable=SC2154  # part of ../run, whose variables and functions it uses
# The copies of the program that are measured: one for each launch, so that neither meets what the other built.

# replace FILE OLD NEW: replaces the one place with that text; fails when there is none, or a second one.
replace() {
    local text after
    text=$(cat "$1")
    after=${text#*"$2"}
    if [ "$after" = "$text" ] || [ "${after#*"$2"}" != "$after" ]; then
        fail "$(basename "$1") does not have this text once: $2" 'bench/ puts other text in its place: adapt bench/lib/programs.sh.'
    fi
    printf '%s\n' "${text%%"$2"*}$3$after" >"$1"
}

# copy_project FOLDER: everything but what was built, and git's.
copy_project() {
    mkdir -p "$1"
    (cd "$root" && tar -cf - --exclude ./.git --exclude target --exclude ./local/.data .) | tar -xf - -C "$1"
}

# make_program LAUNCH: the program with the timer before its two launches and before the plugin.
make_program() {
    local program=$work/$1 file
    mkdir -p "$program/local/plugin"
    for file in pom.xml src launch .mvn; do
        if [ -e "$work/project/$file" ]; then cp -Rp "$work/project/$file" "$program/"; fi
    done
    cp -p "$work/project/local/Pulumi.yaml" "$work/project/local/Pulumi.local.yaml" "$program/local/"
    replace "$program/local/Pulumi.yaml" 'use-executor: ./launch/mvn' 'use-executor: ./timer/mvn'
    replace "$program/local/Pulumi.yaml" 'path: ./plugin' 'path: ./plugin # with the timer before it'
    cp -Rp "$here/timer" "$program/"
    cp -p "$here/timer/pulumi-resource-aws" "$here/timer/mark.sh" "$program/local/plugin/"
}

app_of() { printf '%s\n' "$work/$1/src/main/java/com/aitutor/chatsessions/App.java"; }

# edit_program LAUNCH NUMBER: a change of the source that no earlier run has seen.
edit_program() {
    local app
    app=$(app_of "$1")
    cp "$work/project/src/main/java/com/aitutor/chatsessions/App.java" "$app"
    replace "$app" '    private App() {}' "    static final int EDIT = $2;

    private App() {}"
}

# write_stores LAUNCH NUMBER: a program that makes so many stores from the stack's settings, each with a table name of
# its own, which it looks up. The last deployment is looked up once, before all else: a state file cannot be read while
# the engine writes it.
write_stores() {
    local app
    app=$(app_of "$1")
    cp "$work/project/src/main/java/com/aitutor/chatsessions/App.java" "$app"
    replace "$app" '    static void run(Context context, Map<String, String> processEnvironment, Tables tables) {' \
        '    static void run(Context context, Map<String, String> processEnvironment, Tables tables) {
        java.util.Optional<Tables.Deployed> lastDeployed = tables.lastDeployed();
        for (int number = 1; number <= '"$2"'; number++) {
            runOne(context, number, processEnvironment, tables, lastDeployed);
        }
    }

    private static void runOne(
            Context context,
            int number,
            Map<String, String> stackEnvironment,
            Tables stackTables,
            java.util.Optional<Tables.Deployed> lastDeployed) {
        String tableName = "chat_sessions_" + number;
        com.google.gson.JsonObject values = com.google.gson.JsonParser.parseString(stackEnvironment.get("PULUMI_CONFIG"))
                .getAsJsonObject();
        values.addProperty("chat-sessions:tableName", tableName);
        Map<String, String> processEnvironment = new java.util.HashMap<>(stackEnvironment);
        processEnvironment.put("PULUMI_CONFIG", values.toString());
        Tables tables = new Tables() {
            @Override
            public java.util.concurrent.CompletableFuture<java.util.Optional<com.pulumi.aws.dynamodb.outputs.GetTableResult>>
                    find(String name) {
                return stackTables.find(name);
            }

            @Override
            public java.util.Optional<Deployed> lastDeployed() {
                return lastDeployed.map(deployed -> new Deployed(tableName, deployed.region()));
            }
        };'
    replace "$app" 'new ChatSessionStore("chat-sessions",' 'new ChatSessionStore("chat-sessions-" + number,'
    # The stack's last deployment is told by the outputs that have no number.
    replace "$app" '.forEach(context::export);' \
        '.forEach((name, output) -> context.export(number == 1 ? name : name + number, output));'
}

# forget_build LAUNCH: as in a fresh clone. Maven's local store stays.
forget_build() {
    wait_for_archive
    rm -rf "$work/$1/target"
}

# wait_for_archive: the launcher lays out classes in the background after its first run; it is not to meet what is
# measured next.
wait_for_archive() {
    local folder waited=0
    while [ "$waited" -lt 600 ]; do
        folder=$(find "$work"/*/target/launch -name 'recording.*' -type d -print -quit 2>/dev/null || true)
        if [ -z "$folder" ]; then return 0; fi
        sleep 0.2
        waited=$((waited + 1))
    done
    say Waiting 'the class-data archive is not done after two minutes: going on without it'
}
