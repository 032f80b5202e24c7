package com.aitutor.localaws;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * A call of DynamoDB that failed, put into words as the official provider does, so that a message met here can be
 * searched for.
 *
 * @param doing what the call was for: creating, reading, updating, deleting
 * @param table the table's name
 * @param operation DynamoDB's name of the call
 * @param address where DynamoDB is expected
 */
record DynamoDbFailure(String doing, String table, String operation, URI address) {
    /** Returns the exception that tells the user. */
    ProviderException from(SdkException e) {
        String prefix = doing + " AWS DynamoDB Table (" + table + "): operation error DynamoDB: " + operation + ", ";
        if (e instanceof AwsServiceException refusal) {
            return new ProviderException(code(refusal), prefix + words(refusal));
        }
        if (causedBy(e, ConnectException.class)) {
            return new ProviderException(
                    Status.Code.FAILED_PRECONDITION,
                    prefix + "nothing answers at " + address + "; start DynamoDB with ./local/up");
        }
        boolean late = causedBy(e, SocketTimeoutException.class);
        return new ProviderException(
                Status.Code.UNKNOWN,
                prefix + (late ? "no answer from " + address + " in time" : address + ": " + e.getMessage())
                        + "; it is not known whether the operation happened");
    }

    private String words(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        // DynamoDB Local says "Cannot create preexisting table", which names neither the table nor the trouble.
        String message = operation.equals("CreateTable") && details.errorCode().equals("ResourceInUseException")
                ? "Table already exists: " + table
                : details.errorMessage();
        String kind = e.getClass() == DynamoDbException.class ? "api error " : "";
        String attempts = e.isThrottlingException() || e.statusCode() >= 500
                ? " (gave up after " + DynamoDbTables.ATTEMPTS + " attempts)"
                : "";
        return "https response error StatusCode: " + e.statusCode() + ", RequestID: " + e.requestId() + ", " + kind
                + details.errorCode() + ": " + message + attempts;
    }

    private static Status.Code code(AwsServiceException e) {
        if (e instanceof ResourceNotFoundException) {
            return Status.Code.NOT_FOUND;
        }
        return e.statusCode() >= 500 ? Status.Code.UNKNOWN : Status.Code.FAILED_PRECONDITION;
    }

    private static boolean causedBy(Throwable thrown, Class<? extends Throwable> kind) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }
}
