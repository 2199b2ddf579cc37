package io.muster.doors.dps;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
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
        body.writeStringField(CERTIFICATE, pem(List.of(issued.certificate())));
        body.writeStringField(CHAIN, pem(shown(issued)));
        body.writeStringField(AUTHORITIES, pem(trusted(issued)));
        body.writeStringField(
                RENEW_AFTER,
                DateTimeFormatter.ISO_INSTANT.format(issued.renewAfter().truncatedTo(ChronoUnit.SECONDS)));
        body.writeEndObject();
    }

    /// What a device shows to whom it connects to: itself and its issuers. The root is known there or worth nothing.
    private static List<Bytes> shown(Issued issued) {
        List<Bytes> shown = new ArrayList<>();
        shown.add(issued.certificate());
        shown.addAll(issued.chain().subList(0, Math.max(0, issued.chain().size() - 1)));
        return shown;
    }

    private static List<Bytes> trusted(Issued issued) {
        return issued.chain().isEmpty() ? List.of() : List.of(issued.chain().getLast());
    }

    private static String pem(List<Bytes> certificates) {
        Base64.Encoder columns = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (Bytes certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(new String(columns.encode(certificate.toArray()), StandardCharsets.US_ASCII))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }
}
