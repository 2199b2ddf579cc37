package io.muster.store.roster;

import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.core.device.FactName;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.FactTerms;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Treatment;
import io.muster.core.template.Template;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How one version of an enrollment is written under the tenant's seal.
final class EnrollmentForm {

    private static final int FORM = 1;
    private static final int AUTHORITIES = 1;
    private static final int PINNED = 2;
    private static final int SYMMETRIC = 3;
    private static final int ONE_TIME_TOKENS = 4;
    private static final int TPM_MANUFACTURERS = 5;
    private static final int TPM_PINNED = 6;
    private static final int CLAIMS = 7;
    private static final int FINGERPRINT_BYTES = 32;
    private static final int HASHED = 1;
    private static final int STATIC = 2;
    private static final int CUSTOM = 3;

    private EnrollmentForm() {}

    static byte[] write(Enrollment enrollment) {
        Packer out = new Packer(FORM)
                .text(enrollment.name().value())
                .number(enrollment.version())
                .number(enrollment.enabled() ? 1 : 0)
                .maybe(enrollment.individual().map(RegistrationId::display));
        write(out, enrollment.proof());
        write(out, enrollment.treatment());
        return out.bytes();
    }

    static Enrollment read(Name tenant, byte[] bytes) {
        Unpacker in = new Unpacker(FORM, bytes);
        Name name = new Name(in.text());
        int version = in.integer();
        boolean enabled = in.number() == 1;
        Optional<RegistrationId> individual = in.maybe().flatMap(RegistrationId::parse);
        return new Enrollment(tenant, name, version, individual, readProof(in), readTreatment(in), enabled);
    }

    private static void write(Packer out, Proof proof) {
        switch (proof) {
            case Proof.Authorities it -> out.number(AUTHORITIES).list(it.anchors(), EnrollmentForm::write);
            case Proof.Pinned it -> {
                out.number(PINNED);
                write(out, it.primary());
                out.list(it.secondary().stream().toList(), EnrollmentForm::write);
            }
            case Proof.SymmetricKeys it ->
                out.number(SYMMETRIC)
                        .octets(it.primary().reveal())
                        .octets(it.secondary().reveal());
            case Proof.OneTimeTokens() -> out.number(ONE_TIME_TOKENS);
            case Proof.Claims() -> out.number(CLAIMS);
            case Proof.TpmManufacturers it ->
                out.number(TPM_MANUFACTURERS)
                        .list(it.anchors(), EnrollmentForm::write)
                        .list(it.revocations(), (to, crl) -> to.octets(crl.toArray()))
                        .octets(fingerprints(it.allowed()));
            case Proof.TpmPinned it ->
                out.number(TPM_PINNED).octets(it.endorsementKey().toArray());
        }
    }

    private static Proof readProof(Unpacker in) {
        int kind = in.integer();
        return switch (kind) {
            case AUTHORITIES -> new Proof.Authorities(in.list(EnrollmentForm::readAnchor));
            case PINNED ->
                new Proof.Pinned(
                        readAnchor(in),
                        in.list(EnrollmentForm::readAnchor).stream().findFirst());
            case SYMMETRIC -> new Proof.SymmetricKeys(Secret.of(in.octets()), Secret.of(in.octets()));
            case ONE_TIME_TOKENS -> new Proof.OneTimeTokens();
            case CLAIMS -> new Proof.Claims();
            case TPM_MANUFACTURERS ->
                new Proof.TpmManufacturers(
                        in.list(EnrollmentForm::readAnchor),
                        in.list(from -> Bytes.of(from.octets())),
                        readFingerprints(in.octets()));
            case TPM_PINNED -> new Proof.TpmPinned(Bytes.of(in.octets()));
            default -> throw unknown("proof", kind);
        };
    }

    /// One after the other, in order: there may be 100,000.
    private static byte[] fingerprints(Set<String> hex) {
        ByteBuffer out = ByteBuffer.allocate(hex.size() * FINGERPRINT_BYTES);
        hex.stream().sorted().map(HexFormat.of()::parseHex).forEach(out::put);
        return out.array();
    }

    private static Set<String> readFingerprints(byte[] bytes) {
        return IntStream.range(0, bytes.length / FINGERPRINT_BYTES)
                .map(number -> number * FINGERPRINT_BYTES)
                .mapToObj(from -> HexFormat.of().formatHex(bytes, from, from + FINGERPRINT_BYTES))
                .collect(Collectors.toUnmodifiableSet());
    }

    static void write(Packer out, Anchor anchor) {
        out.octets(anchor.certificate().toArray())
                .text(anchor.subject())
                .hex(anchor.fingerprint())
                .number(anchor.notAfter().getEpochSecond());
    }

    static Anchor readAnchor(Unpacker in) {
        return new Anchor(Bytes.of(in.octets()), in.text(), in.hex(), Instant.ofEpochSecond(in.number()));
    }

    private static void write(Packer out, Treatment treatment) {
        switch (treatment.allocation()) {
            case Allocation.Hashed it -> out.number(HASHED).list(it.hubs(), (to, hub) -> to.text(hub.value()));
            case Allocation.Static it -> out.number(STATIC).text(it.hub().value());
            case Allocation.Custom it ->
                out.number(CUSTOM)
                        .list(it.hubs(), (to, hub) -> to.text(hub.value()))
                        .text(it.hook().text());
        }
        out.text(treatment.reprovision().name())
                .text(treatment.keyChange().name())
                .text(treatment.deviceId().text())
                .maybe(treatment.type())
                .maybe(treatment.payload().map(Json::text));
        write(out, treatment.certificates());
        out.list(treatment.searchable(), (to, fact) -> to.text(fact.pointer()))
                .text(treatment.admission().name())
                .list(treatment.template().stream().toList(), EnrollmentForm::write)
                .maybe(treatment.facts().schema().map(Json::text))
                .maybe(treatment.facts().set().map(Json::text));
    }

    private static void write(Packer out, ProvisioningTemplate template) {
        out.text(template.kind().name())
                .text(template.source().text())
                .list(template.policies().stream().sorted().toList(), (to, it) -> to.text(it.value()))
                .maybe(template.hook().map(HookUrl::text));
    }

    private static ProvisioningTemplate readTemplate(Unpacker in) {
        return new ProvisioningTemplate(
                Template.Kind.valueOf(in.text()),
                new Json(in.text()),
                Set.copyOf(in.list(it -> new PolicyName(it.text()))),
                in.maybe().map(HookUrl::new));
    }

    private static void write(Packer out, CertificateTerms terms) {
        out.text(terms.profile().value())
                .list(terms.renewAfter().stream().toList(), (to, it) -> to.number(it.toMillis()))
                .number(terms.grace().toMillis())
                .number(terms.rekey() ? 1 : 0)
                .number(terms.subjectChange() ? 1 : 0);
    }

    private static CertificateTerms readTerms(Unpacker in) {
        return new CertificateTerms(
                new Name(in.text()),
                in.list(Unpacker::number).stream().findFirst().map(Duration::ofMillis),
                Duration.ofMillis(in.number()),
                in.number() == 1,
                in.number() == 1);
    }

    private static Treatment readTreatment(Unpacker in) {
        return new Treatment(
                readAllocation(in),
                Treatment.Reprovision.valueOf(in.text()),
                Treatment.KeyChange.valueOf(in.text()),
                new DeviceIdTemplate(in.text()),
                in.maybe(),
                in.maybe().map(Json::new),
                readTerms(in),
                in.list(from -> new FactName(from.text())),
                Treatment.Admission.valueOf(in.text()),
                in.list(EnrollmentForm::readTemplate).stream().findFirst(),
                new FactTerms(in.maybe().map(Json::new), in.maybe().map(Json::new)));
    }

    private static Allocation readAllocation(Unpacker in) {
        int kind = in.integer();
        return switch (kind) {
            case HASHED -> {
                List<Name> hubs = in.list(from -> new Name(from.text()));
                yield new Allocation.Hashed(hubs);
            }
            case STATIC -> new Allocation.Static(new Name(in.text()));
            case CUSTOM -> new Allocation.Custom(in.list(from -> new Name(from.text())), new HookUrl(in.text()));
            default -> throw unknown("allocation", kind);
        };
    }

    private static IllegalStateException unknown(String what, int kind) {
        return new IllegalStateException(
                "An enrollment holds a kind of " + what + " (" + kind + ") that this version of Muster does not know.");
    }
}
