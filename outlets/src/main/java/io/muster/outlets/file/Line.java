package io.muster.outlets.file;

import java.util.concurrent.CompletableFuture;

/// A line, and whoever waits until it is on disk.
final class Line {

    private final byte[] octets;
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();

    Line(byte[] octets) {
        this.octets = octets;
    }

    byte[] octets() {
        return octets;
    }

    CompletableFuture<Boolean> durable() {
        return durable;
    }
}
