package io.muster.store;

import io.muster.core.access.Warrant;
import io.muster.core.attestation.Attestation;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.flow.Certify;
import io.muster.core.flow.Enroll;
import io.muster.core.flow.History;
import io.muster.core.flow.Steps;
import io.muster.core.flow.Strangers;
import io.muster.core.flow.TwoPlaces;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment;
import io.muster.core.template.Template;
import io.muster.store.database.DatabaseAddress;
import io.muster.store.keyring.Keyring;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Nodes on one database, with a tenant, a hub and a group, and the real pipeline before them. Evidence is believed:
/// a device shows the name of its key.
final class Scene implements AutoCloseable {

    static final Name ACME = new Name("acme");
    static final Name PUMPS = new Name("pumps");
    static final Name GATES = new Name("gates");
    static final Name THINGS = new Name("things");
    static final Name HUB = new Name("eu-1");
    static final Warrant OPERATOR = Warrant.of("test");

    private final TestDatabase database;
    private final Path keyring;
    private final InstantSource clock;
    private final List<Store> nodes = new ArrayList<>();

    Scene(TestDatabase database, Path directory) {
        this(database, directory, InstantSource.system());
    }

    Scene(TestDatabase database, Path directory, InstantSource clock) {
        this.database = database;
        this.keyring = directory.resolve("keyring");
        this.clock = clock;
    }

    TestDatabase database() {
        return database;
    }

    Path keyring() {
        return keyring;
    }

    /// One more node.
    Store node() {
        Store store = Store.open(address(database), keyring, clock);
        nodes.add(store);
        return store;
    }

    /// One more node, and what every test needs.
    Store furnished() {
        Store store = node();
        store.registrar().create(new Tenant(ACME, true), OPERATOR);
        store.registrar().create(hub(HUB), OPERATOR);
        store.registrar().create(group(PUMPS, 1, true), OPERATOR);
        return store;
    }

    static DatabaseAddress address(TestDatabase database) {
        DatabaseAddress parsed = DatabaseAddress.parse(database.url());
        Secret password = Secret.of(database.password().getBytes(StandardCharsets.UTF_8));
        return new DatabaseAddress(parsed.url(), database.user(), Optional.of(password));
    }

    static Hub hub(Name name) {
        return new Hub(
                ACME,
                name,
                new Name("eu"),
                HubEndpoint.parse("mqtts://" + name + ".example.com").orElseThrow(),
                1,
                true);
    }

    static Enrollment group(Name name, int version, boolean enabled) {
        return enrollment(name, version, Optional.empty(), enabled, Treatment.KeyChange.REFUSE);
    }

    static Enrollment enrollment(
            Name name, int version, Optional<RegistrationId> individual, boolean enabled, Treatment.KeyChange change) {
        return enrollment(name, version, individual, enabled, change, "pump");
    }

    static Enrollment enrollment(
            Name name,
            int version,
            Optional<RegistrationId> individual,
            boolean enabled,
            Treatment.KeyChange change,
            String type) {
        Proof proof = new Proof.SymmetricKeys(Secret.of(new byte[32]), Secret.of(new byte[32]));
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.MIGRATE,
                change,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.of(type),
                Optional.empty());
        return new Enrollment(ACME, name, version, individual, proof, treatment, enabled);
    }

    /// A group that gives its devices outward ids.
    static Enrollment outward(Name name, String template) {
        Proof proof = new Proof.SymmetricKeys(Secret.of(new byte[32]), Secret.of(new byte[32]));
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.MIGRATE,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.parse(template).orElseThrow(),
                Optional.empty(),
                Optional.empty());
        return new Enrollment(ACME, name, 1, Optional.empty(), proof, treatment, true);
    }

    /// A device knocks at one enrollment.
    static EnrollmentRequest requestTo(String enrollment, String name, String key) {
        return new EnrollmentRequest(
                "test",
                Optional.of(ACME.value()),
                Optional.of(new Name(enrollment)),
                id(name),
                List.of(new Evidence.SharedAccessSignature(key, "")),
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1");
    }

    /// A group that takes one-time tokens.
    static Enrollment gates(int version) {
        CertificateTerms terms = new CertificateTerms(
                CertificateProfile.STANDARD, Optional.of(Duration.ofHours(1)), Duration.ofDays(1), true, false);
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty(),
                terms);
        return new Enrollment(ACME, GATES, version, Optional.empty(), new Proof.OneTimeTokens(), treatment, true);
    }

    /// A group that takes claims.
    static Enrollment things(int version, boolean enabled) {
        ProvisioningTemplate template = new ProvisioningTemplate(
                Template.Kind.FLEET,
                new Json("{\"Resources\":{\"thing\":{\"Type\":\"AWS::IoT::Thing\",\"Properties\":{}}}}"),
                Set.of());
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty(),
                CertificateTerms.standard(),
                List.of(),
                Treatment.Admission.AT_ONCE,
                Optional.of(template));
        return new Enrollment(ACME, THINGS, version, Optional.empty(), new Proof.Claims(), treatment, enabled);
    }

    static RegistrationId id(String name) {
        return RegistrationId.parse(name).orElseThrow();
    }

    /// The pipeline on a node.
    Enroll pipeline(Store store) {
        return new Enroll(
                store.roster(),
                new Attestation(List.of(new Believing(store))),
                store.ledger(),
                store.operations(),
                steps(store),
                new History(store.attempts(), new Strangers()),
                clock);
    }

    static Steps steps(Store store) {
        Certify certify = new Certify(new WordIssuer(), store.certificates(), store.creations());
        return new Steps(
                store.ledger(),
                certify,
                new TwoPlaces(store.ledger(), store.contests(), Duration.ofMinutes(10)),
                new NoSchemas(),
                new NoHooks());
    }

    /// A device with a name and a key knocks.
    Outcome enroll(Store store, String name, String key) {
        return pipeline(store).enroll(request(name, key, Optional.empty()));
    }

    static EnrollmentRequest request(String name, String key, Optional<String> payload) {
        return request(name, key, payload, "127.0.0.1");
    }

    static EnrollmentRequest request(String name, String key, Optional<String> payload, String source) {
        return new EnrollmentRequest(
                "test",
                Optional.of(ACME.value()),
                id(name),
                List.of(new Evidence.SharedAccessSignature(key, "")),
                payload.map(Json::new),
                source);
    }

    /// A device of the group of gates as it would be when it comes for the first time.
    static Device device(String name, String key, Recognized recognized) {
        Instant now = Instant.now();
        Origin origin = recognized.candidates().stream()
                .filter(it -> it.name().equals(GATES))
                .findFirst()
                .orElseThrow()
                .origin();
        return new Device(
                DeviceId.random(),
                ACME,
                id(name),
                name,
                1,
                DeviceState.ENABLED,
                origin,
                Optional.empty(),
                List.of(key(key)),
                hub(HUB).assignment(),
                Optional.empty(),
                now,
                now);
    }

    /// How the database knows a serial number of the first tenant.
    String blindIndex(Serial serial) {
        BlindIndex index = new BlindIndex(Keyring.open(keyring).index());
        return index.index(1, Kind.SERIAL, serial.octets().toArray()).bi().hex();
    }

    static Device device(Outcome outcome) {
        if (outcome instanceof Outcome.Enrolled enrolled) {
            return enrolled.device();
        }
        throw new AssertionError("not enrolled: " + outcome);
    }

    static IdentityKey key(String name) {
        return IdentityKey.ofPublicKey(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        nodes.forEach(Store::close);
    }
}
