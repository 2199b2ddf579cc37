package io.muster.store;

import static io.muster.store.Scene.ACME;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Requests for certificates. A key is known by its name, as in [Scene#key(String)].
final class Requests {

    private Requests() {}

    /// A device that proves itself by an identity key asks for a certificate for another.
    static EnrollmentRequest byKey(String name, String identity, String certified) {
        return request(name, new Evidence.SharedAccessSignature(identity, ""), Purpose.ENROLL, certified);
    }

    static EnrollmentRequest byToken(String name, String token, String certified) {
        return request(name, new Evidence.OneTimeToken(token), Purpose.ENROLL, certified);
    }

    static EnrollmentRequest renewal(String name, Serial presented, String certified) {
        Bytes shown = Bytes.of(presented.toString().getBytes(StandardCharsets.UTF_8));
        return request(name, new Evidence.CertificateChain(List.of(shown)), Purpose.RENEW, certified);
    }

    /// A device registers with a certificate that a claim created.
    static EnrollmentRequest byCreation(String name, Serial created) {
        return new EnrollmentRequest(
                "test",
                Optional.of(ACME.value()),
                Scene.id(name),
                List.of(new Evidence.Ownership(created.toString(), "")),
                Optional.empty(),
                "127.0.0.1");
    }

    private static EnrollmentRequest request(String name, Evidence evidence, Purpose purpose, String certified) {
        return new EnrollmentRequest(
                "test",
                Optional.of(ACME.value()),
                Optional.empty(),
                Scene.id(name),
                List.of(evidence),
                Optional.of(certificate(name, purpose, certified)),
                Optional.empty(),
                "127.0.0.1");
    }

    static CertificateRequest certificate(String name, Purpose purpose, String certified) {
        Asked asked = new Asked(
                "cn=" + Scene.id(name).canonical(),
                Bytes.of(new byte[] {1}),
                Optional.of(name),
                List.of(),
                false,
                Set.of(),
                Optional.empty(),
                false);
        Bytes key = Bytes.of(certified.getBytes(StandardCharsets.UTF_8));
        return new CertificateRequest(purpose, key, key, KeyAlgorithm.P256, asked);
    }
}
