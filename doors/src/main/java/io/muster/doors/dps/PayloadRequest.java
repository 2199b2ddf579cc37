package io.muster.doors.dps;

import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.Base64Text;
import io.muster.x509.codec.CertificateRequestReader;
import io.muster.x509.codec.CertificateRequestReader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a device asks for by its payload: an object with a field `csr` asks for a certificate. The field is taken out;
/// the rest is what the device says of itself.
sealed interface PayloadRequest {

    /// @param certificate the certificate that is asked for
    /// @param rest        empty when nothing else was said
    record Asked(Optional<CertificateRequest> certificate, Optional<Json> rest) implements PayloadRequest {}

    record Refused(Refusal refusal) implements PayloadRequest {}

    String FIELD = "csr";

    /// As openssl and older tools write it (RFC 7468 section 7).
    List<String> LABELS = List.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

    static PayloadRequest of(StrictJson json, Optional<Json> payload) {
        // Names were written anew when the payload was read: this is the one spelling.
        if (payload.filter(it -> it.isObject() && it.text().contains('"' + FIELD + '"'))
                .isEmpty()) {
            return new Asked(Optional.empty(), payload);
        }
        try {
            return split(json, payload.get());
        } catch (IOException e) {
            throw new IllegalStateException("a payload that was read before cannot be read", e);
        }
    }

    private static PayloadRequest split(StrictJson json, Json payload) throws IOException {
        Optional<Json> field = json.field(payload, FIELD);
        if (field.isEmpty()) {
            return new Asked(Optional.empty(), Optional.of(payload));
        }
        Json rest = json.without(payload, Set.of(FIELD));
        Optional<String> text = json.text(field.get());
        return text.isEmpty()
                ? malformed("the field csr of the payload is not a string")
                : read(text.get().strip(), Optional.of(rest).filter(it -> !it.text()
                        .equals("{}")));
    }

    private static PayloadRequest read(String text, Optional<Json> rest) {
        Bytes base64 = Bytes.of(withoutFrame(text).getBytes(StandardCharsets.UTF_8));
        return switch (Base64Text.read(base64)) {
            case Base64Text.Reading.Malformed(String what) -> malformed("the field csr of the payload " + what);
            case Base64Text.Reading.Read(Bytes der) ->
                switch (CertificateRequestReader.read(der.toArray(), Purpose.ENROLL)) {
                    case Reading.Refused(Refusal refusal) -> new Refused(refusal);
                    case Reading.Read read -> new Asked(Optional.of(read.request()), rest);
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

    private static PayloadRequest malformed(String what) {
        return new Refused(new Refusal.CertificateRequestMalformed(what));
    }
}
