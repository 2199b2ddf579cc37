package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Reads "PEM" of the form `CA <name>`, `DEVICE <name>` or `CRL <name>`, line by line.
public final class FakeCertificates implements AnchorReader {

    @Override
    public Reading authorities(String pem) {
        List<Anchor> anchors = pem.lines()
                .filter(line -> line.startsWith("CA "))
                .map(line -> anchor(line.substring(3)))
                .toList();
        return anchors.isEmpty()
                ? new Reading.Unreadable("it holds no certificate of an authority")
                : new Reading.Read(anchors);
    }

    @Override
    public Reading pinned(String pem) {
        return pem.startsWith("DEVICE ")
                ? new Reading.Read(List.of(anchor(pem.substring(7).strip())))
                : new Reading.Unreadable("it holds no device certificate");
    }

    @Override
    public RevocationReading revocations(String pem) {
        List<Bytes> lists = pem.lines()
                .filter(line -> line.startsWith("CRL "))
                .map(line -> Bytes.of(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return lists.isEmpty()
                ? new RevocationReading.Unreadable("it holds no revocation list")
                : new RevocationReading.Read(lists);
    }

    private static Anchor anchor(String name) {
        return new Anchor(
                Bytes.of(name.getBytes(StandardCharsets.UTF_8)),
                "CN=" + name,
                HexFormat.of().toHexDigits(name.hashCode()).repeat(8),
                Instant.parse("2030-01-01T00:00:00Z"));
    }
}
