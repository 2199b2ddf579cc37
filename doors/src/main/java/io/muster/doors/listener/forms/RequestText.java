package io.muster.doors.listener.forms;

import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.Base64Text;
import io.muster.x509.codec.CertificateRequestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A certificate request in a text field: DER in base64, in any layout, or PEM.
public final class RequestText {

    /// As openssl and older tools write it (RFC 7468 section 7).
    private static final List<String> LABELS = List.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

    private RequestText() {}

    /// What reading comes to.
    public sealed interface Reading {

        record Read(CertificateRequest request) implements Reading {}

        record Refused(Refusal refusal) implements Reading {}
    }

    /// @param field where the text stands, in words, for the refusal
    public static Reading read(String text, String field) {
        Bytes base64 = Bytes.of(withoutFrame(text.strip()).getBytes(StandardCharsets.UTF_8));
        return switch (Base64Text.read(base64)) {
            case Base64Text.Reading.Malformed(String what) ->
                new Reading.Refused(new Refusal.CertificateRequestMalformed(field + " " + what));
            case Base64Text.Reading.Read(Bytes der) ->
                switch (CertificateRequestReader.read(der.toArray(), Purpose.ENROLL)) {
                    case CertificateRequestReader.Reading.Refused(Refusal refusal) -> new Reading.Refused(refusal);
                    case CertificateRequestReader.Reading.Read read -> new Reading.Read(read.request());
                };
        };
    }

    /// The base64 of a PEM block; any other text as it is.
    private static String withoutFrame(String text) {
        for (String label : LABELS) {
            String begin = "-----BEGIN " + label + "-----";
            String end = "-----END " + label + "-----";
            if (text.startsWith(begin) && text.endsWith(end) && text.length() >= begin.length() + end.length()) {
                return text.substring(begin.length(), text.length() - end.length());
            }
        }
        return text;
    }
}
