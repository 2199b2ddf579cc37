package io.muster.attestors.issued;

import io.muster.core.device.Bytes;
import io.muster.core.device.Serial;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.DerElement;
import java.util.List;
import java.util.Optional;

/// Reads the serial number out of a certificate and nothing else: what is not ours costs no look-up, and what is ours
/// is compared as a whole.
final class SerialNumber {

    private static final int INTEGER = 0x02;

    private SerialNumber() {}

    /// Empty where the bytes are no certificate of version 3, or the number is not of the form of our own.
    static Optional<Serial> of(Bytes certificate) {
        return certificate.size() > Certificate.MAX_BYTES
                ? Optional.empty()
                : DerElement.read(certificate.toArray())
                        .map(DerElement::children)
                        .filter(parts -> !parts.isEmpty())
                        .map(parts -> parts.getFirst().children())
                        .filter(SerialNumber::hasNumber)
                        .flatMap(fields -> Serial.of(Bytes.of(fields.get(1).content())));
    }

    private static boolean hasNumber(List<DerElement> fields) {
        return fields.size() > 1 && fields.get(1).is(INTEGER);
    }
}
