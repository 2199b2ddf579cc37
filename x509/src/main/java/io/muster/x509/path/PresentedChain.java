package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a device presented: its own certificate first, then whatever it thinks leads to a CA, in any order. Read once,
/// then tried against the anchors of as many enrollments as needed.
///
/// @param leaf   the device's certificate
/// @param others all else, without duplicates
public record PresentedChain(Certificate leaf, List<Certificate> others) {

    /// How many certificates may be presented.
    public static final int MAX_PRESENTED = 10;

    /// What came of reading the chain.
    public sealed interface Outcome {

        record Understood(PresentedChain chain) implements Outcome {}

        record Refused(PathFinding finding) implements Outcome {}
    }

    /// Never throws for what is in the bytes.
    public static Outcome read(List<byte[]> ders) {
        return read(ders, CertificateReader::read);
    }

    /// The same where somebody remembers what was read before: a maker's intermediates come with every device.
    ///
    /// @param readOther reads every certificate but the device's own
    public static Outcome read(List<byte[]> ders, Function<byte[], Reading> readOther) {
        if (ders.isEmpty()) {
            return new Outcome.Refused(new PathFinding.NoCertificate());
        }
        if (ders.size() > MAX_PRESENTED) {
            return new Outcome.Refused(new PathFinding.TooManyCertificates(ders.size(), MAX_PRESENTED));
        }
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders) {
            Reading reading = certificates.isEmpty() ? CertificateReader.read(der) : readOther.apply(der);
            switch (reading) {
                case Reading.Read read -> certificates.add(read.certificate());
                case Reading.Refused refused -> {
                    return new Outcome.Refused(new PathFinding.Flawed(which(certificates.size()), refused.finding()));
                }
            }
        }
        Certificate leaf = certificates.getFirst();
        List<Certificate> others = certificates.stream()
                .skip(1)
                .distinct()
                .filter(certificate -> !certificate.equals(leaf))
                .toList();
        return new Outcome.Understood(new PresentedChain(leaf, others));
    }

    private static String which(int position) {
        return position == 0 ? "the device's certificate" : "presented certificate number " + (position + 1);
    }
}
