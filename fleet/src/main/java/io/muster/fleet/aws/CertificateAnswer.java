package io.muster.fleet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Pem;
import io.muster.fleet.device.X509Device;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// Reads an accepted answer to a create call: a certificate for the key that the device has, or got with it, valid now.
final class CertificateAnswer {

    private static final int MOST_ISSUERS = 64;

    /// One string for all devices that got the same intermediates.
    private final Map<String, String> issuers = new ConcurrentHashMap<>();

    Step<Created> read(Newcomer newcomer, JsonNode answer) {
        String token = answer.path("certificateOwnershipToken").asText();
        if (!answer.path("certificateOwnershipToken").isTextual() || token.isBlank()) {
            return Step.lost("the answer has no certificateOwnershipToken");
        }
        if (!answer.path("certificateId").isTextual()
                || !answer.path("certificateId").asText().matches("[0-9a-f]{64}")) {
            return Step.lost("certificateId is not 64 hexadecimal digits");
        }
        if (!answer.path("certificatePem").isTextual()) {
            return Step.lost("the answer has no certificatePem");
        }
        try {
            return certified(newcomer, answer, token);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return Step.lost("a certificate or key in the answer is malformed");
        }
    }

    private Step<Created> certified(Newcomer newcomer, JsonNode answer, String token) throws IOException {
        List<X509CertificateHolder> chain =
                certificates(answer.path("certificatePem").asText());
        if (chain.isEmpty()) {
            return Step.lost("certificatePem holds no certificate");
        }
        X509CertificateHolder own = chain.getFirst();
        String issuersPem = issuersPem(chain);
        X509Device operational;
        if (newcomer.request().isPresent()) {
            CertificateRequest request = newcomer.request().get();
            if (!request.isFor(own.getSubjectPublicKeyInfo().getEncoded("DER"))) {
                return Step.lost("the certificate is not for the device's key");
            }
            operational = request.granted(own.getEncoded(), issuersPem);
        } else {
            PrivateKeyInfo key = privateKey(answer.path("privateKey").asText());
            if (!OwnKey.fits(key, own.getSubjectPublicKeyInfo())) {
                return Step.lost("the certificate is not for the key that came with it");
            }
            operational = X509Device.of(newcomer.name(), own.getEncoded(), key.getEncoded("DER"), issuersPem);
        }
        return operational.isValidAt(Instant.now())
                ? new Step.Passed<>(new Created(operational, token))
                : Step.lost("the certificate is not valid now");
    }

    private static List<X509CertificateHolder> certificates(String pem) throws IOException {
        List<X509CertificateHolder> all = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (!(next instanceof X509CertificateHolder certificate)) {
                    throw new IOException("something else than a certificate");
                }
                all.add(certificate);
            }
        }
        return all;
    }

    /// PKCS #1 and SEC 1, or PKCS #8: the SDKs take all of them.
    private static PrivateKeyInfo privateKey(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return switch (parser.readObject()) {
                case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                case PrivateKeyInfo info -> info;
                case null, default -> throw new IOException("not a private key");
            };
        }
    }

    private String issuersPem(List<X509CertificateHolder> chain) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509CertificateHolder certificate : chain.subList(1, chain.size())) {
            if (!certificate.getIssuer().equals(certificate.getSubject())) {
                pem.append(Pem.encode("CERTIFICATE", certificate.getEncoded()));
            }
        }
        String text = pem.toString();
        String known = issuers.get(text);
        if (known != null) {
            return known;
        }
        if (issuers.size() < MOST_ISSUERS) {
            issuers.put(text, text);
        }
        return text;
    }
}
