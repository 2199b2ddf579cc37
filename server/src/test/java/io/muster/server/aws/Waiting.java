package io.muster.server.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.iot.iotidentity.model.V2ErrorResponse;
import software.amazon.awssdk.iot.iotidentity.model.V2ErrorResponseException;

/// Waits for the SDK, in bounds.
final class Waiting {

    static final int LONGEST_SECONDS = 45;

    private Waiting() {}

    static <T> T on(CompletableFuture<T> future) {
        try {
            return future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw told(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static RuntimeException told(@Nullable Throwable cause) {
        if (cause instanceof V2ErrorResponseException rejection) {
            V2ErrorResponse error = rejection.getModeledError();
            return new Rejected(error.statusCode, error.errorCode, error.errorMessage);
        }
        return cause instanceof Rejected rejected
                ? rejected
                : new IllegalStateException(cause == null ? "failed" : cause.getMessage(), cause);
    }
}
