package com.aitutor.localaws;

import io.grpc.Status;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A call of DynamoDB that failed, put into words as the official provider does, so that a message met here can be
 * searched for.
 *
 * @param doing what the call was for: creating, reading, updating, deleting
 * @param table the table's name
 * @param operation DynamoDB's name of the call
 * @param address where DynamoDB is expected
 */
record DynamoDbFailure(String doing, String table, String operation, String address) {

    /** Returns the exception that tells the user. */
    ProviderException from(SdkException e) {
        String prefix = doing + " AWS DynamoDB Table (" + table + "): operation error DynamoDB: " + operation + ", ";
        if (e instanceof AwsServiceException refusal) {
            return new ProviderException(code(refusal), prefix + words(refusal));
        }
        if (hasCause(e, ConnectException.class)) {
            return new ProviderException(
                    Status.Code.FAILED_PRECONDITION,
                    prefix + "nothing answers at " + address + "; start DynamoDB with ./local/up");
        }
        String doubt = "; it is not known whether the operation happened";
        return new ProviderException(
                Status.Code.UNKNOWN,
                hasCause(e, InterruptedIOException.class)
                        ? prefix + "no answer from " + address + " in time" + doubt
                        : prefix + address + ": " + e.getMessage() + doubt);
    }

    private String words(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String error = details == null || details.errorCode() == null ? "error" : details.errorCode();
        String message = details == null ? e.getMessage() : details.errorMessage();
        // DynamoDB Local says "Cannot create preexisting table", which names neither the table nor the trouble.
        if (operation.equals("CreateTable") && error.equals("ResourceInUseException")) {
            message = "Table already exists: " + table;
        }
        String kind = e.getClass() == DynamoDbException.class ? "api error " : "";
        String attempts = e.isThrottlingException() || e.statusCode() >= 500
                ? " (gave up after " + Tables.ATTEMPTS + " attempts)"
                : "";
        return "https response error StatusCode: " + e.statusCode() + ", RequestID: " + e.requestId() + ", " + kind
                + error + ": " + message + attempts;
    }

    private static Status.Code code(AwsServiceException e) {
        if (e.isThrottlingException()) {
            return Status.Code.RESOURCE_EXHAUSTED;
        }
        if (e.statusCode() >= 500) {
            return Status.Code.UNKNOWN;
        }
        return switch (e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode())) {
            case "ResourceInUseException" -> Status.Code.ALREADY_EXISTS;
            case "ResourceNotFoundException" -> Status.Code.NOT_FOUND;
            default -> Status.Code.FAILED_PRECONDITION;
        };
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
