package io.muster.attestors.tpm;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.DistinguishedName;
import io.muster.x509.codec.Reading;
import io.muster.x509.codec.SubjectNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The certificate of an endorsement key (TCG EK Credential Profile for TPM Family 2.0, Level 0, version 2.1, section
/// 3.2).
///
/// @param chip the TPM's manufacturer, model and version, in words
record EndorsementCertificate(Certificate certificate, String chip) {

    /// tcg-at-tpmManufacturer, tcg-at-tpmModel and tcg-at-tpmVersion.
    private static final List<String> CHIP = List.of("2.23.133.2.1", "2.23.133.2.2", "2.23.133.2.3");

    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    /// What came of reading it.
    sealed interface Outcome {

        record Understood(EndorsementCertificate certificate) implements Outcome {}

        /// @param what what is wrong, a sentence without its full stop
        record Refused(String what) implements Outcome {}
    }

    static Outcome read(Bytes shown) {
        if (shown.size() > Certificate.MAX_BYTES) {
            return new Outcome.Refused(
                    "It is " + shown.size() + " bytes long; at most " + Certificate.MAX_BYTES + " are read");
        }
        return switch (CertificateReader.readDecrypting(withoutPadding(shown.toArray()))) {
            case Reading.Refused refused ->
                new Outcome.Refused("It cannot be read: " + refused.finding().says());
            case Reading.Read read ->
                chip(read.certificate())
                        .<Outcome>map(
                                chip -> new Outcome.Understood(new EndorsementCertificate(read.certificate(), chip)))
                        .orElseGet(() -> new Outcome.Refused("Its alternative name has no directory name with the TPM's"
                                + " manufacturer, model and version"));
        };
    }

    /// Chips keep it in a memory of fixed size, filled up with zeros or ones. What else may follow stays, and is
    /// refused by the reader.
    private static byte[] withoutPadding(byte[] shown) {
        int end = end(shown);
        boolean isPadded = end < shown.length && (isAll(shown, end, (byte) 0) || isAll(shown, end, (byte) 0xff));
        return isPadded ? Arrays.copyOf(shown, end) : shown;
    }

    /// Where the outer SEQUENCE ends by its own word; the length of the bytes where it does not say so, or more.
    private static int end(byte[] der) {
        if (der.length < 4 || der[0] != SEQUENCE) {
            return der.length;
        }
        int first = Byte.toUnsignedInt(der[1]);
        int octets = first < LONG_FORM ? 0 : first - LONG_FORM;
        if (octets > 2) {
            return der.length;
        }
        int length = octets == 0 ? first : 0;
        for (int at = 2; at < 2 + octets; at++) {
            length = length << 8 | Byte.toUnsignedInt(der[at]);
        }
        return Math.min(der.length, 2 + octets + length);
    }

    private static boolean isAll(byte[] octets, int from, byte filling) {
        for (int at = from; at < octets.length; at++) {
            if (octets[at] != filling) {
                return false;
            }
        }
        return true;
    }

    /// The attributes stand together or each on its own; others may stand beside them.
    private static Optional<String> chip(Certificate certificate) {
        return certificate.extensions().names().names().stream()
                .filter(SubjectNames.Name.Directory.class::isInstance)
                .map(name -> ((SubjectNames.Name.Directory) name).name())
                .map(EndorsementCertificate::attributes)
                .filter(attributes -> attributes.size() == CHIP.size())
                .map(attributes -> "manufacturer %s, model %s, version %s".formatted(attributes.toArray()))
                .findFirst();
    }

    private static List<String> attributes(DistinguishedName name) {
        return CHIP.stream()
                .flatMap(oid -> name.attribute(oid).stream())
                .filter(Predicate.not(String::isBlank))
                .toList();
    }
}
