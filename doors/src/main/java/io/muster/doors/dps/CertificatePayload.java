package io.muster.doors.dps;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Json;
import io.muster.core.door.Issued;
import io.muster.doors.listener.forms.CertificateText;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The payload of a device that got a certificate: what the enrollment hands to its devices, and the certificate. Where
/// both have a name, the certificate's wins.
final class CertificatePayload {

    private static final String CERTIFICATE = "certificate";
    private static final String CHAIN = "certificateChain";
    private static final String AUTHORITIES = "certificateAuthorities";
    private static final String RENEW_AFTER = "renewAfter";
    private static final Set<String> NAMES = Set.of(CERTIFICATE, CHAIN, AUTHORITIES, RENEW_AFTER);

    private CertificatePayload() {}

    static void write(StrictJson json, Optional<Json> own, Issued issued, JsonGenerator body) throws IOException {
        body.writeStartObject();
        if (own.isPresent()) {
            json.copyFields(own.get(), name -> !NAMES.contains(name), body);
        }
        body.writeStringField(CERTIFICATE, CertificateText.pem(List.of(issued.certificate())));
        body.writeStringField(CHAIN, CertificateText.shown(issued));
        body.writeStringField(AUTHORITIES, CertificateText.trusted(issued));
        body.writeStringField(
                RENEW_AFTER,
                DateTimeFormatter.ISO_INSTANT.format(issued.renewAfter().truncatedTo(ChronoUnit.SECONDS)));
        body.writeEndObject();
    }
}
