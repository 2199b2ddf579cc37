package io.muster.cli.command;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A file with a fingerprint on each line, as sha256sum writes it: what follows the fingerprint is for people. Empty
/// lines and those that begin with `#` count for nothing. In its place there may be the word for taking the list
/// away.
///
/// @param fingerprints empty for none
record FingerprintFile(List<String> fingerprints) {

    private static final String NONE = "none";
    private static final long MOST_BYTES = 16 * 1024 * 1024;
    private static final int MOST = 100_000;
    private static final String FINGERPRINT = "[0-9a-f]{64}";

    /// Reads the file, or says which line is wrong.
    static final class Reader implements ITypeConverter<FingerprintFile> {
        @Override
        public FingerprintFile convert(String value) {
            if (value.equals(NONE)) {
                return new FingerprintFile(List.of());
            }
            Set<String> fingerprints = new LinkedHashSet<>();
            int number = 0;
            for (String line : TextFile.read(value, MOST_BYTES).text().lines().toList()) {
                number++;
                String word = line.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
                if (word.isEmpty() || word.startsWith("#")) {
                    continue;
                }
                if (!word.matches(FINGERPRINT)) {
                    throw new TypeConversionException("line " + number + " of " + value
                            + " does not begin with a fingerprint: 64 hexadecimal digits");
                }
                fingerprints.add(word);
            }
            return checked(value, List.copyOf(fingerprints));
        }

        /// A file without a fingerprint would let every TPM in: most likely that is not meant.
        private static FingerprintFile checked(String file, List<String> fingerprints) {
            if (fingerprints.isEmpty() || fingerprints.size() > MOST) {
                throw new TypeConversionException(file + " holds " + fingerprints.size() + " fingerprints; 1 to " + MOST
                        + " can be listed; to take the list" + " away in a change, say " + NONE);
            }
            return new FingerprintFile(fingerprints);
        }
    }
}
