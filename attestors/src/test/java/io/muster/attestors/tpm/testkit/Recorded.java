package io.muster.attestors.tpm.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/// What a TPM emulator once answered, kept in `recorded.properties`.
public final class Recorded {

    private static final Properties ALL = load();

    private Recorded() {}

    public static byte[] octets(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(ALL.getProperty(name), name));
    }

    private static Properties load() {
        try (InputStream file = Recorded.class.getResourceAsStream("recorded.properties")) {
            Properties all = new Properties();
            all.load(Objects.requireNonNull(file));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
