package io.muster.desk.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.door.RequestReader;
import io.muster.core.flow.SampleDevice;
import io.muster.core.flow.SampleDevice.Shown;
import io.muster.desk.exchange.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a device that an operator thinks up.
public final class SampleForm {

    /// As many as a device may present.
    private static final int MOST_CERTIFICATES = 5;

    private static final String REQUEST_FIELD = "certificateRequest";
    private static final String REQUEST_AT = "/sample/certificateRequest";
    private static final String CHAIN_AT = "/sample/certificates";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    private static final Pattern REQUEST = Pattern.compile(
            "-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]*)-----END (?:NEW )?CERTIFICATE REQUEST-----");

    private final RequestReader requests;

    public SampleForm(RequestReader requests) {
        this.requests = requests;
    }

    Form<SampleDevice> read(JsonNode sample) {
        RegistrationId name =
                RegistrationId.parse(sample.path("registrationId").asText()).orElseThrow();
        return shown(sample).then(shown -> certificate(sample)
                .map(certificate -> new SampleDevice(
                        name,
                        shown,
                        certificate,
                        Optional.ofNullable(sample.get("payload")).map(payload -> new Json(payload.toString())))));
    }

    private Form<Optional<CertificateRequest>> certificate(JsonNode sample) {
        if (sample.has("certificateFor") && sample.has(REQUEST_FIELD)) {
            return Form.faulty(
                    REQUEST_AT,
                    "A sample asks for a certificate once.",
                    "Give either certificateRequest or certificateFor.");
        }
        return sample.has(REQUEST_FIELD)
                ? shownRequest(sample.path(REQUEST_FIELD).asText()).map(Optional::of)
                : Form.of(Optional.ofNullable(sample.get("certificateFor")).map(key -> request(key.asText())));
    }

    private Form<CertificateRequest> shownRequest(String pem) {
        Matcher found = REQUEST.matcher(pem);
        if (!found.find()) {
            return Form.faulty(REQUEST_AT, "It is no certificate request in PEM.", "Make one with: openssl req -new");
        }
        return switch (requests.read(decoded(found.group(1)))) {
            case RequestReader.Reading.Read(CertificateRequest request) -> Form.of(request);
            case RequestReader.Reading.Unreadable(Refusal refusal) ->
                Form.faulty(
                        REQUEST_AT,
                        Problem.of(refusal).detail(),
                        Problem.of(refusal).remedy());
        };
    }

    /// What is no base64 is nothing, and nothing is no certificate request.
    private static Bytes decoded(String base64) {
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Bytes.of(new byte[0]);
        }
    }

    private static Form<Shown> shown(JsonNode sample) {
        if (sample.has("certificates") == sample.has("proof")) {
            return Form.faulty(
                    "/sample",
                    "A sample either shows certificates or says that its proof is assumed.",
                    "Give certificates in PEM, or say proof assumed.");
        }
        return sample.has("proof")
                ? Form.of(new Shown.Assumed(sample.path("proof").asText().equals("assumedNewKey")))
                : chain(sample.path("certificates").asText());
    }

    private static Form<Shown> chain(String pem) {
        List<Bytes> certificates = new ArrayList<>();
        Matcher found = PEM.matcher(pem);
        while (found.find() && certificates.size() <= MOST_CERTIFICATES) {
            try {
                certificates.add(Bytes.of(Base64.getMimeDecoder().decode(found.group(1))));
            } catch (IllegalArgumentException e) {
                return Form.faulty(CHAIN_AT, "A certificate is not base64.", "Give certificates in PEM.");
            }
        }
        return certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES
                ? Form.faulty(
                        CHAIN_AT,
                        "There are no certificates in it, or more than " + MOST_CERTIFICATES + ".",
                        "Give the device's certificate in PEM, and after it those that lead to its authority.")
                : Form.of(new Shown.Chain(certificates));
    }

    /// One that asks for nothing but a certificate for a key of its own.
    private static CertificateRequest request(String algorithm) {
        Bytes key = Bytes.of("the key of a sample".getBytes(StandardCharsets.UTF_8));
        Asked nothingMore = new Asked(
                "", Bytes.of(new byte[0]), Optional.empty(), List.of(), false, Set.of(), Optional.empty(), false);
        return new CertificateRequest(
                Purpose.ENROLL, key, key, KeyAlgorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)), nothingMore);
    }
}
