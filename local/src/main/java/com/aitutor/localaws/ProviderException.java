package com.aitutor.localaws;

import io.grpc.Status;

/** A refused or failed call, with the gRPC status the engine gets. */
class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status.Code code;

    /**
     * Makes one.
     *
     * @param code what kind of failure; {@code UNKNOWN} tells the engine that the operation may have happened
     * @param message what the user reads
     */
    ProviderException(Status.Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns a refusal of what the program or its user asked for. */
    static ProviderException invalid(String message) {
        return new ProviderException(Status.Code.INVALID_ARGUMENT, message);
    }

    /** Returns the kind of failure. */
    Status.Code code() {
        return code;
    }

    /** Returns whether the call that failed is known to have had no effect. */
    boolean changedNothing() {
        return switch (code) {
            case UNKNOWN, CANCELLED, DEADLINE_EXCEEDED -> false;
            default -> true;
        };
    }
}
