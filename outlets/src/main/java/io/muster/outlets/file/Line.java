package io.muster.outlets.file;

import java.util.concurrent.CompletableFuture;

/// A line, and whoever waits until it is on disk.
record Line(byte[] octets, CompletableFuture<Boolean> durable) {

    Line(byte[] octets) {
        this(octets, new CompletableFuture<>());
    }
}
