package io.muster.desk.dps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shows what proves the devices of an enrollment as Azure writes it: certificates by their information, keys only
/// where they are asked for.
final class AttestationWriter {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final RegisteredAnchors registered;

    AttestationWriter(RegisteredAnchors registered) {
        this.registered = registered;
    }

    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    ObjectNode show(Enrollment enrollment) {
        return show(enrollment, false);
    }

    ObjectNode showWithKeys(Enrollment enrollment) {
        return show(enrollment, true);
    }

    private ObjectNode show(Enrollment enrollment, boolean keysToo) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (enrollment.proof()) {
            case Proof.SymmetricKeys keys -> {
                ObjectNode shown = json.put("type", "symmetricKey").putObject("symmetricKey");
                if (keysToo) {
                    shown.put("primaryKey", AttestationForm.base64(keys.primary()))
                            .put("secondaryKey", AttestationForm.base64(keys.secondary()));
                }
            }
            case Proof.Pinned(Anchor primary, Optional<Anchor> secondary) -> {
                ObjectNode pair = x509(json).putObject("clientCertificates");
                pair.putObject("primary").set("info", information(primary));
                secondary.ifPresent(it -> pair.putObject("secondary").set("info", information(it)));
            }
            case Proof.Authorities(List<Anchor> anchors) -> authorities(x509(json), enrollment.tenant(), anchors);
            case Proof.TpmPinned(var key) ->
                json.put("type", "tpm").putObject("tpm").put("endorsementKey", TpmPublicArea.shown(key));
            case Proof.OneTimeTokens _, Proof.Claims _, Proof.TpmManufacturers _ ->
                throw new IllegalStateException(
                        "Azure has no word for " + enrollment.proof().words());
        }
        return json;
    }

    private static ObjectNode x509(ObjectNode json) {
        return json.put("type", "x509").putObject("x509");
    }

    /// By their names where all of them have one: that is how a group that trusts them by name comes back.
    private void authorities(ObjectNode x509, Name tenant, List<Anchor> anchors) {
        List<RegisteredAnchor> known = registered.list(tenant);
        List<String> names = anchors.stream()
                .flatMap(anchor -> known.stream()
                        .filter(it -> it.isVerified() && it.certificate().equals(anchor))
                        .map(it -> it.name().value())
                        .limit(1))
                .toList();
        ObjectNode pair = x509.putObject(names.size() == anchors.size() ? "caReferences" : "signingCertificates");
        for (int i = 0; i < anchors.size(); i++) {
            String place = i == 0 ? "primary" : "secondary";
            if (names.size() == anchors.size()) {
                pair.put(place, names.get(i));
            } else {
                pair.putObject(place).set("info", information(anchors.get(i)));
            }
        }
    }

    private static ObjectNode information(Anchor anchor) {
        try {
            byte[] der = anchor.certificate().toArray();
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("subjectName", anchor.subject())
                    .put("sha1Thumbprint", digest("SHA-1", der))
                    .put("sha256Thumbprint", anchor.fingerprint().toUpperCase(Locale.ROOT))
                    .put("issuerName", certificate.getIssuerX500Principal().getName())
                    .put("notBeforeUtc", moment(certificate.getNotBefore().toInstant()))
                    .put("notAfterUtc", moment(certificate.getNotAfter().toInstant()))
                    .put(
                            "serialNumber",
                            certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT))
                    .put("version", certificate.getVersion());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read when it was registered cannot be read", e);
        }
    }

    /// Azure shows it; nothing is decided by it.
    private static String digest(String algorithm, byte[] der) throws GeneralSecurityException {
        return HexFormat.of()
                .withUpperCase()
                .formatHex(MessageDigest.getInstance(algorithm).digest(der));
    }
}
