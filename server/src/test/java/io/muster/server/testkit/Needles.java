package io.muster.server.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Looks for secrets in files, in every form in which one may have been written: as it is, in hexadecimal, in base64
/// wherever in a longer text it begins.
public final class Needles {

    /// Shorter ones would be found by chance.
    private static final int SHORTEST = 8;

    private static final int PREFIX = 2;

    private final BitSet prefixes = new BitSet(1 << 16);
    private final Map<Integer, List<Needle>> needles = new HashMap<>();

    /// @param octets one character for each byte
    private record Needle(String name, String octets) {}

    /// A text in its own letter case, in small letters and in capitals.
    public Needles text(String text) {
        for (String form : List.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))) {
            bytes(text, form.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /// Bytes, under a name that says what they are.
    public Needles bytes(String name, byte[] secret) {
        add(name, secret);
        add(name + " in hexadecimal", ascii(HexFormat.of().formatHex(secret)));
        add(name + " in hexadecimal", ascii(HexFormat.of().withUpperCase().formatHex(secret)));
        for (int shift = 0; shift < 3; shift++) {
            String base64 = base64(secret, shift);
            add(name + " in base64", ascii(base64));
            add(name + " in base64url", ascii(base64.replace('+', '-').replace('/', '_')));
        }
        return this;
    }

    /// The characters that depend on the secret alone, when it begins `shift` bytes into a group of three.
    private static String base64(byte[] secret, int shift) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int end = shifted.length % 3 == 0 ? all.length() : all.length() - 1;
        return all.substring(shift == 0 ? 0 : shift + 1, end);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void add(String name, byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be looked for");
        }
        int prefix = prefix(bytes, 0);
        prefixes.set(prefix);
        needles.computeIfAbsent(prefix, ignored -> new ArrayList<>())
                .add(new Needle(name, new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static int prefix(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /// What was found where: one line for each secret in each file.
    public List<String> in(List<Path> files) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (int at = 0; at <= bytes.length - PREFIX; at++) {
                int prefix = prefix(bytes, at);
                if (prefixes.get(prefix)) {
                    search(file, text, at, needles.getOrDefault(prefix, List.of()), found);
                }
            }
        }
        return List.copyOf(found);
    }

    private static void search(Path file, String text, int at, List<Needle> candidates, Set<String> found) {
        for (Needle needle : candidates) {
            if (text.startsWith(needle.octets, at)) {
                found.add(needle.name + " in " + file);
            }
        }
    }
}
