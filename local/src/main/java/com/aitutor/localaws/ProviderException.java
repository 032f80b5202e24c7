package com.aitutor.localaws;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Supplier;

/** A refused or failed call, with the gRPC status the engine gets. */
class ProviderException extends StatusRuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code what kind of failure; {@code UNKNOWN} tells the engine that the operation may have happened
     * @param message what the user reads
     */
    ProviderException(Status.Code code, String message) {
        super(code.toStatus().withDescription(message));
    }

    /** A refusal of what the program or its user asked for. */
    static ProviderException invalid(String message) {
        return new ProviderException(Status.Code.INVALID_ARGUMENT, message);
    }

    @Override
    public String getMessage() {
        return getStatus().getDescription();
    }

    /** Returns what a call returns, nothing when what it asks for is not there. */
    static <T> Optional<T> ifFound(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (ProviderException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether the call that failed is known to have had no effect. */
    boolean changedNothing() {
        return switch (getStatus().getCode()) {
            case UNKNOWN, CANCELLED, DEADLINE_EXCEEDED -> false;
            default -> true;
        };
    }
}
