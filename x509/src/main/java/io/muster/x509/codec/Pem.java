package io.muster.x509.codec;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// Certificates in text (RFC 7468). What stands between the blocks is a comment.
public final class Pem {

    /// The longest text that is read, in characters.
    public static final int MAX_CHARACTERS = 512 * 1024;

    private Pem() {}

    /// What came of reading a text.
    public sealed interface Reading {

        /// @param ders at least one, at most as many as were allowed
        record Certificates(List<byte[]> ders) implements Reading {}

        record Refused(String what) implements Reading {}
    }

    /// Reads every certificate of a text. Never throws for what is in it.
    public static Reading certificates(String text, int most) {
        if (text.length() > MAX_CHARACTERS) {
            return new Reading.Refused(
                    "the text has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read");
        }
        try {
            return certificates(new PemReader(new StringReader(text)), most);
        } catch (IOException | RuntimeException e) {
            return new Reading.Refused("a block of the PEM text is broken: its base64 or its last line");
        }
    }

    private static Reading certificates(PemReader reader, int most) throws IOException {
        List<byte[]> ders = new ArrayList<>();
        for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
            if (block.getType().endsWith("PRIVATE KEY")) {
                return new Reading.Refused(
                        "the text holds a private key; keep that to yourself and send certificates only");
            }
            if (!block.getType().equals("CERTIFICATE")) {
                return new Reading.Refused("the text holds a block that is not a certificate");
            }
            if (ders.size() == most) {
                return new Reading.Refused("the text holds more than " + most + " certificates");
            }
            ders.add(block.getContent());
        }
        return ders.isEmpty()
                ? new Reading.Refused(
                        "there is no PEM certificate in the text (no line \"-----BEGIN CERTIFICATE-----\")")
                : new Reading.Certificates(ders);
    }
}
