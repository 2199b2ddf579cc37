package io.muster.doors.dps;

import io.muster.core.device.Json;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.forms.RequestText;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
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
                : read(text.get(), Optional.of(rest).filter(it -> !it.text().equals("{}")));
    }

    private static PayloadRequest read(String text, Optional<Json> rest) {
        return switch (RequestText.read(text, "the field csr of the payload")) {
            case RequestText.Reading.Refused(Refusal refusal) -> new Refused(refusal);
            case RequestText.Reading.Read(CertificateRequest request) -> new Asked(Optional.of(request), rest);
        };
    }

    private static PayloadRequest malformed(String what) {
        return new Refused(new Refusal.CertificateRequestMalformed(what));
    }
}
