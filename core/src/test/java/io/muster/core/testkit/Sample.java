package io.muster.core.testkit;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.FactTerms;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.roster.Treatment.Reprovision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Things that a test takes as they are, or changes one part of.
public final class Sample {

    public static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    public static final Tenant ACME = new Tenant(new Name("acme"), true);
    public static final Hub EU_1 = hub("eu-1", "eu", 100);
    public static final Hub EU_2 = hub("eu-2", "eu", 100);
    public static final RegistrationId PUMP_1 = id("pump-1");
    public static final Treatment KEEP = new Treatment(
            new Allocation.Hashed(List.of()),
            Reprovision.KEEP,
            KeyChange.REFUSE,
            DeviceIdTemplate.REGISTRATION_ID,
            Optional.of("pump"),
            Optional.of(new Json("{\"interval\":60}")));
    public static final Enrollment PUMPS = group("pumps", "red");

    private Sample() {}

    public static RegistrationId id(String text) {
        return RegistrationId.parse(text).orElseThrow();
    }

    public static Hub hub(String name, String region, int weight) {
        HubEndpoint endpoint =
                HubEndpoint.parse("mqtts://" + name + ".example.com:8883").orElseThrow();
        return new Hub(ACME.name(), new Name(name), new Name(region), endpoint, weight, true);
    }

    public static Hub disabled(Hub hub) {
        return new Hub(hub.tenant(), hub.name(), hub.region(), hub.endpoint(), hub.weight(), false);
    }

    /// A group whose devices show the given word.
    public static Enrollment group(String name, String word) {
        return new Enrollment(ACME.name(), new Name(name), 1, Optional.empty(), proof(word), KEEP, true);
    }

    public static Enrollment individual(String name, RegistrationId device, String word) {
        return new Enrollment(ACME.name(), new Name(name), 1, Optional.of(device), proof(word), KEEP, true);
    }

    public static Enrollment disabled(Enrollment it) {
        return new Enrollment(
                it.tenant(), it.name(), it.version() + 1, it.individual(), it.proof(), it.treatment(), false);
    }

    public static Enrollment treating(Enrollment it, Treatment treatment) {
        return new Enrollment(
                it.tenant(), it.name(), it.version() + 1, it.individual(), it.proof(), treatment, it.enabled());
    }

    public static Treatment reprovision(Treatment it, Reprovision reprovision) {
        return new Treatment(it.allocation(), reprovision, it.keyChange(), it.deviceId(), it.type(), it.payload());
    }

    public static Treatment keyChange(Treatment it, KeyChange keyChange) {
        return new Treatment(it.allocation(), it.reprovision(), keyChange, it.deviceId(), it.type(), it.payload());
    }

    public static Treatment allocation(Treatment it, Allocation allocation) {
        return new Treatment(allocation, it.reprovision(), it.keyChange(), it.deviceId(), it.type(), it.payload());
    }

    public static Treatment deviceId(Treatment it, String template) {
        return new Treatment(
                it.allocation(),
                it.reprovision(),
                it.keyChange(),
                DeviceIdTemplate.parse(template).orElseThrow(),
                it.type(),
                it.payload());
    }

    public static Treatment type(Treatment it, String type) {
        return new Treatment(
                it.allocation(), it.reprovision(), it.keyChange(), it.deviceId(), Optional.of(type), it.payload());
    }

    /// @param word what the enrollment's proof must be
    /// @param key which identity key the device proves, by any name
    public static EnrollmentRequest request(RegistrationId device, String word, String key) {
        return new EnrollmentRequest(
                "test-door",
                Optional.of("acme"),
                device,
                List.of(new Evidence.SharedAccessSignature(word + ":" + key, "acme/registrations/" + device)),
                Optional.empty(),
                "192.0.2.7");
    }

    /// The same request, asking for a certificate for a key.
    public static EnrollmentRequest asking(EnrollmentRequest it, CertificateRequest certificate) {
        return showing(it, it.evidence().getFirst(), certificate);
    }

    /// The same request with other evidence, asking for a certificate for a key.
    public static EnrollmentRequest showing(EnrollmentRequest it, Evidence evidence, CertificateRequest certificate) {
        return new EnrollmentRequest(
                it.door(),
                it.scope(),
                Optional.empty(),
                it.registrationId(),
                List.of(evidence),
                Optional.of(certificate),
                it.payload(),
                it.source());
    }

    /// A certificate request for a key, by any name, that asks for nothing else.
    public static CertificateRequest csr(String key) {
        return csr(Purpose.ENROLL, key, asked("", Optional.empty()));
    }

    public static CertificateRequest csr(Purpose purpose, String key, Asked asked) {
        Bytes publicKey = Bytes.of(key.getBytes(StandardCharsets.UTF_8));
        return new CertificateRequest(purpose, publicKey, publicKey, KeyAlgorithm.P256, asked);
    }

    /// @param subject comparable form; the empty string for none
    public static Asked asked(String subject, Optional<String> commonName) {
        return new Asked(
                subject, Bytes.of(new byte[0]), commonName, List.of(), false, Set.of(), Optional.empty(), false);
    }

    public static Treatment certificates(Treatment it, CertificateTerms terms) {
        return new Treatment(
                it.allocation(), it.reprovision(), it.keyChange(), it.deviceId(), it.type(), it.payload(), terms);
    }

    public static Treatment facts(Treatment it, FactTerms facts) {
        return new Treatment(
                it.allocation(),
                it.reprovision(),
                it.keyChange(),
                it.deviceId(),
                it.type(),
                it.payload(),
                it.certificates(),
                it.searchable(),
                it.admission(),
                it.template(),
                facts);
    }

    public static EnrollmentRequest saying(EnrollmentRequest it, String json) {
        return new EnrollmentRequest(
                it.door(), it.scope(), it.registrationId(), it.evidence(), Optional.of(new Json(json)), it.source());
    }

    public static IdentityKey key(String name) {
        return IdentityKey.ofPublicKey(name.getBytes(StandardCharsets.UTF_8));
    }

    public static Recognized recognized(EnrollmentRequest request, Enrollment... candidates) {
        return new Recognized(
                request,
                ACME,
                List.of(candidates),
                List.of(EU_1, EU_2),
                List.of(CertificateProfile.standard(ACME.name())),
                1);
    }

    /// `pump-1` of the group, with the identity key `k1`.
    public static Attested attested(Enrollment enrollment) {
        return attested(enrollment, "k1");
    }

    public static Attested attested(Enrollment enrollment, String key) {
        return attested(recognized(request(PUMP_1, "red", key), enrollment), key);
    }

    public static Attested attested(Recognized recognized, String key) {
        Check check = Check.pass("word_right", "a word", "The word is the enrollment's.");
        return new Attested(
                recognized, recognized.candidates().getFirst(), key(key), new Standing.ByIdentity(), List.of(check));
    }

    /// `pump-1` as it is after its first enrollment by [#PUMPS], with the identity key `k1`.
    public static Device pump1(Hub hub) {
        return new Device(
                new DeviceId(new UUID(0, 1)),
                ACME.name(),
                PUMP_1,
                "pump-1",
                1,
                DeviceState.ENABLED,
                PUMPS.origin(),
                KEEP.type(),
                List.of(key("k1")),
                hub.assignment(),
                Optional.empty(),
                NOW.minusSeconds(60),
                NOW.minusSeconds(60));
    }

    public static Device quarantined(Device it) {
        return new Device(
                it.id(),
                it.tenant(),
                it.registrationId(),
                it.deviceId(),
                it.version() + 1,
                DeviceState.QUARANTINED,
                it.origin(),
                it.type(),
                it.identityKeys(),
                it.assignment(),
                it.payload(),
                it.createdAt(),
                NOW);
    }

    /// Nothing is known.
    public static Snapshot nothing() {
        return new Snapshot(Optional.empty(), Optional.empty(), false, false, new Snapshot.Clock.Trusted(), NOW);
    }

    public static Snapshot knowing(Device device) {
        return new Snapshot(
                Optional.of(device),
                Optional.of(device.registrationId()),
                false,
                false,
                new Snapshot.Clock.Trusted(),
                NOW);
    }

    private static Proof proof(String word) {
        Secret secret = Secret.of(word.getBytes(StandardCharsets.UTF_8));
        return new Proof.SymmetricKeys(secret, secret);
    }
}
