package io.muster.x509.codec;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// Certificates and revocation lists in text (RFC 7468). What stands between the blocks is a comment.
public final class Pem {

    /// The longest text of certificates that is read, in characters.
    public static final int MAX_CHARACTERS = 512 * 1024;

    /// The longest text of revocation lists that is read, in characters.
    public static final int MAX_LIST_CHARACTERS = 8 * 1024 * 1024;

    private static final Kind CERTIFICATE = new Kind("CERTIFICATE", "certificate", MAX_CHARACTERS);
    private static final Kind REVOCATION_LIST = new Kind("X509 CRL", "revocation list", MAX_LIST_CHARACTERS);

    private Pem() {}

    /// What came of reading a text.
    public sealed interface Reading {

        /// @param ders at least one, at most as many as were allowed
        record Blocks(List<byte[]> ders) implements Reading {}

        record Refused(String what) implements Reading {}
    }

    /// @param label as RFC 7468 has it
    /// @param word  what people call it
    private record Kind(String label, String word, int maxCharacters) {}

    /// Reads every certificate of a text. Never throws for what is in it.
    public static Reading certificates(String text, int most) {
        return read(text, CERTIFICATE, most);
    }

    /// Reads every revocation list of a text. Never throws for what is in it.
    public static Reading revocationLists(String text, int most) {
        return read(text, REVOCATION_LIST, most);
    }

    private static Reading read(String text, Kind kind, int most) {
        if (text.length() > kind.maxCharacters()) {
            return new Reading.Refused(
                    "the text has " + text.length() + " characters; at most " + kind.maxCharacters() + " are read");
        }
        try {
            return read(new PemReader(new StringReader(text)), kind, most);
        } catch (IOException | RuntimeException e) {
            return new Reading.Refused("a block of the PEM text is broken: its base64 or its last line");
        }
    }

    private static Reading read(PemReader reader, Kind kind, int most) throws IOException {
        List<byte[]> ders = new ArrayList<>();
        for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
            if (block.getType().endsWith("PRIVATE KEY")) {
                return new Reading.Refused(
                        "the text holds a private key; keep that to yourself and send " + kind.word() + "s only");
            }
            if (!block.getType().equals(kind.label())) {
                return new Reading.Refused("the text holds a block that is not a " + kind.word());
            }
            if (ders.size() == most) {
                return new Reading.Refused("the text holds more than " + most + " " + kind.word() + "s");
            }
            ders.add(block.getContent());
        }
        return ders.isEmpty()
                ? new Reading.Refused("there is no PEM " + kind.word() + " in the text (no line \"-----BEGIN "
                        + kind.label() + "-----\")")
                : new Reading.Blocks(ders);
    }
}
