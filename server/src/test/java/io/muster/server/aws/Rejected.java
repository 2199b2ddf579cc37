package io.muster.server.aws;

/// What a device was told on a topic that ends in `rejected`.
final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;
    private final String errorCode;

    Rejected(int statusCode, String errorCode, String errorMessage) {
        super(statusCode + " " + errorCode + ": " + errorMessage);
        this.statusCode = statusCode;
        this.errorCode = errorCode;
    }

    int statusCode() {
        return statusCode;
    }

    String errorCode() {
        return errorCode;
    }
}
