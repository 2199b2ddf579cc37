package io.muster.x509.codec;

import java.time.Instant;

/// From when and until when a certificate says that it holds, both ends included.
public record Validity(Instant notBefore, Instant notAfter) {

    public boolean startsAfter(Instant now) {
        return now.isBefore(notBefore);
    }

    public boolean endedBefore(Instant now) {
        return now.isAfter(notAfter);
    }
}
