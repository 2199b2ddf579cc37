package io.muster.doors.objects;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path under which a signed object lies. Certificates carry these paths for as long as they live: they never change.
sealed interface ObjectPath {

    /// Key identifier of an authority, lower-case hexadecimal.
    String issuer();

    /// `/crl/{issuer}/{shard}.crl`
    record Crl(String issuer, int shard) implements ObjectPath {}

    /// `/ca/{issuer}.cer`
    record Authority(String issuer) implements ObjectPath {}

    Pattern ISSUER = Pattern.compile("(?:[0-9a-f]{2}){1,64}");
    Pattern SHARD = Pattern.compile("(0|[1-9][0-9]{0,5})\\.crl");

    /// Empty when the path is not one of these two, in their one spelling.
    static Optional<ObjectPath> of(List<String> segments) {
        return switch (segments.size()) {
            case 2 -> segments.getFirst().equals("ca") ? authority(segments.get(1)) : Optional.empty();
            case 3 -> segments.getFirst().equals("crl") ? crl(segments.get(1), segments.get(2)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectPath> authority(String file) {
        if (!file.endsWith(".cer")) {
            return Optional.empty();
        }
        return issuer(file.substring(0, file.length() - ".cer".length())).map(Authority::new);
    }

    private static Optional<ObjectPath> crl(String issuer, String file) {
        Matcher shard = SHARD.matcher(file);
        return shard.matches()
                ? issuer(issuer).map(known -> new Crl(known, Integer.parseInt(shard.group(1))))
                : Optional.empty();
    }

    private static Optional<String> issuer(String text) {
        return ISSUER.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
