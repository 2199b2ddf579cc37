package io.muster.outlets.file;

import io.muster.core.device.Bytes;
import java.util.concurrent.CompletableFuture;

/// A line, and whoever waits until it is on disk.
final class Line {

    private final byte[] octets;
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();

    Line(byte[] octets) {
        this.octets = octets;
    }

    /// With the line feed at its end.
    static Line of(Bytes text) {
        byte[] octets = new byte[text.size() + 1];
        text.view().get(octets, 0, text.size());
        octets[text.size()] = '\n';
        return new Line(octets);
    }

    byte[] octets() {
        return octets;
    }

    CompletableFuture<Boolean> durable() {
        return durable;
    }
}
