package io.muster.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A file of revocation lists in PEM, or the word for taking them all away.
///
/// @param pem empty for none
record RevocationsFile(String pem) {

    private static final String NONE = "none";
    private static final String BEGIN = "-----BEGIN X509 CRL-----";

    /// The whole request may have 8 MiB.
    private static final long MOST_BYTES = 7 * 1024 * 1024;

    /// Reads the file, or says what is wrong with it. A file without a list would take all lists away: most likely
    /// its download failed.
    static final class Reader implements ITypeConverter<RevocationsFile> {
        @Override
        public RevocationsFile convert(String value) {
            if (value.equals(NONE)) {
                return new RevocationsFile("");
            }
            String pem = TextFile.read(value, MOST_BYTES).text();
            if (!pem.contains(BEGIN)) {
                throw new TypeConversionException(value + " holds no revocation list in PEM (" + BEGIN
                        + "); to take all lists away, say " + NONE);
            }
            return new RevocationsFile(pem);
        }
    }
}
