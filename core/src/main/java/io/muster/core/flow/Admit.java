package io.muster.core.flow;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.device.Thing;
import io.muster.core.door.Admission;
import io.muster.core.door.Admitted;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.door.PresentedCertificate;
import io.muster.core.door.PresentedReader;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.door.Stay;
import io.muster.core.door.Templated;
import io.muster.core.flow.Templates.Made;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.Permissions;
import io.muster.core.permission.Rights;
import io.muster.core.permission.Variables;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Roster;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.Template;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says who connects: a device with a certificate that was issued here, somebody with a claim, or a device with a
/// certificate of a registered authority, which is enrolled where it comes for the first time.
public final class Admit implements Admission {

    private static final System.Logger log = System.getLogger(Admit.class.getName());

    private final Reception reception;
    private final Roster roster;
    private final Records records;
    private final Templating templating;
    private final Quarantine quarantine;
    private final PresentedReader reader;
    private final Connections connections;
    private final InstantSource clock;

    /// What may hold the certificate.
    ///
    /// @param issuer knows whose each issuing authority is
    public record Records(Issuer issuer, Certificates certificates, Creations creations, Claims claims) {}

    /// What templates make of devices, and what the policies that they give say.
    ///
    /// @param quarantine what becomes of a device in quarantine
    public record Templating(Templates templates, PoliciesInUse policies, Quarantine quarantine) {}

    public Admit(
            Reception reception,
            Roster roster,
            Records records,
            Templating templating,
            PresentedReader reader,
            Connections connections,
            InstantSource clock) {
        this.reception = reception;
        this.roster = roster;
        this.records = records;
        this.templating = templating;
        this.quarantine = templating.quarantine();
        this.reader = reader;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public Admitted admit(ConnectionRequest request) {
        if (request.chain().isEmpty()) {
            return refused(request, new Refusal.EvidenceMissing());
        }
        try {
            return switch (reader.read(request.chain())) {
                case PresentedReader.Reading.Unreadable it -> refused(request, it.refusal());
                case PresentedReader.Reading.Read it -> admit(request, it.certificate());
            };
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return refused(request, new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    @Override
    public Stay stay(Admitted.Inside inside, Runnable ends) {
        return connections.stay(inside, ends);
    }

    private Admitted admit(ConnectionRequest request, PresentedCertificate shown) {
        return byIssued(request, shown).or(() -> byClaim(request, shown)).orElseGet(() -> byAuthority(request, shown));
    }

    /// A certificate that was issued here says for itself whose it is.
    private Optional<Admitted> byIssued(ConnectionRequest request, PresentedCertificate shown) {
        if (shown.serial().isEmpty()) {
            return Optional.empty();
        }
        Optional<Name> tenant =
                shown.authority().flatMap(records.issuer()::tenant).filter(it -> within(request, it));
        if (tenant.isEmpty()) {
            return Optional.empty();
        }
        Serial serial = shown.serial().get();
        Bytes leaf = request.chain().getFirst();
        return records.certificates()
                .find(tenant.get(), serial)
                .filter(kept -> kept.certificate().equals(leaf))
                .map(kept -> issued(request, shown, kept))
                .or(() -> created(request, tenant.get(), serial, leaf));
    }

    private Admitted issued(ConnectionRequest request, PresentedCertificate shown, Kept kept) {
        EnrollmentRequest asks =
                request(request, kept.tenant(), kept.enrollment(), kept.registrationId(), Optional.empty());
        return switch (reception.identify(asks)) {
            case Outcome.Enrolled it
            when it.device().state() == DeviceState.ENABLED && unused(it.device(), kept) ->
                known(request, shown, asks, reception.enroll(asks));
            case Outcome outcome -> known(request, shown, asks, outcome);
        };
    }

    /// Its first use makes it the device's for good.
    private static boolean unused(Device device, Kept kept) {
        return device.credential(kept.credential().serial())
                .filter(it -> it.state() == Credential.State.UNUSED)
                .isPresent();
    }

    private Optional<Admitted> created(ConnectionRequest request, Name tenant, Serial serial, Bytes leaf) {
        if (!serial.created()) {
            return Optional.empty();
        }
        return records.creations()
                .find(tenant, serial)
                .filter(creation -> creation.certificate().equals(leaf))
                .map(creation -> switch (creation.state()) {
                    case Creation.State.Revoked() -> refused(request, new Refusal.CreationRevoked());
                    case Creation.State.Waiting() -> refused(request, new Refusal.CertificatePending());
                    case Creation.State.Adopted ignored -> refused(request, new Refusal.CertificatePending());
                });
    }

    private Optional<Admitted> byClaim(ConnectionRequest request, PresentedCertificate shown) {
        List<Claim> claims = records.claims().holding(shown.fingerprint()).stream()
                .filter(it -> within(request, it.tenant()))
                .toList();
        return switch (claims.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(claimant(request, shown, claims.getFirst()));
            default -> Optional.of(refused(request, new Refusal.UnknownTenant()));
        };
    }

    private Admitted claimant(ConnectionRequest request, PresentedCertificate shown, Claim claim) {
        if (claim.revoked()) {
            return refused(request, new Refusal.ClaimRevoked());
        }
        if (!clock.instant().isBefore(claim.notAfter())) {
            return refused(request, new Refusal.ClaimExpired(claim.notAfter()));
        }
        Optional<String> prefix = claim.budget().clientIds();
        if (prefix.filter(it -> !request.clientId().startsWith(it)).isPresent()) {
            return refused(request, new Refusal.ClientIdRefused(prefix.get()));
        }
        return switch (roster.endpoint(Optional.of(claim.tenant().value()), Optional.of(claim.enrollment()))) {
            case Roster.Endpoint.Nothing it -> refused(request, it.refusal());
            case Roster.Endpoint.Open ignored ->
                new Admitted.Claimant(
                        claim.tenant(),
                        claim.enrollment(),
                        claim.id(),
                        shown.fingerprint(),
                        claim.budget().connections());
        };
    }

    /// Of several enrollments that might take it, the first that does; else the reason of the last. Where they are of
    /// several tenants, nobody can say whose device it is.
    private Admitted byAuthority(ConnectionRequest request, PresentedCertificate shown) {
        List<Enrollment> candidates = roster.trusting(request.scope(), shown.issuers());
        if (candidates.stream().map(Enrollment::tenant).distinct().count() > 1) {
            return refused(request, new Refusal.UnknownTenant());
        }
        Optional<Admitted> last = Optional.empty();
        for (Enrollment candidate : candidates) {
            last = Optional.of(byAuthority(request, shown, candidate));
            if (last.get() instanceof Admitted.Known) {
                break;
            }
        }
        return last.orElseGet(() -> refused(request, new Refusal.NotEnrolled()));
    }

    private Admitted byAuthority(ConnectionRequest request, PresentedCertificate shown, Enrollment candidate) {
        Optional<ProvisioningTemplate> template =
                candidate.treatment().template().filter(it -> it.kind() == Template.Kind.JITP);
        if (template.isPresent()) {
            return switch (templating.templates().make(candidate.tenant(), template.get(), Map.of(), facts(shown))) {
                case Made.Refused it -> refused(request, it.refusal());
                case Made.Device it ->
                    firstOrAgain(
                            request, shown, candidate, it.instance().thing().name(), Optional.of(it.templated()));
            };
        }
        return shown.commonName()
                .flatMap(RegistrationId::parse)
                .map(name -> firstOrAgain(request, shown, candidate, name, Optional.empty()))
                .orElseGet(() -> refused(request, new Refusal.MalformedRegistrationId()));
    }

    private static CertificateFacts facts(PresentedCertificate shown) {
        Map<CertificateFacts.Part, String> parts = new EnumMap<>(CertificateFacts.Part.class);
        for (CertificateFacts.Part part : CertificateFacts.Part.values()) {
            String name = part.parameter().substring(CertificateFacts.PREFIX.length());
            Optional.ofNullable(shown.subject().get(name)).ifPresent(value -> parts.put(part, value));
        }
        return new CertificateFacts(shown.fingerprint(), parts);
    }

    private Admitted firstOrAgain(
            ConnectionRequest request,
            PresentedCertificate shown,
            Enrollment enrollment,
            RegistrationId name,
            Optional<Templated> thing) {
        EnrollmentRequest asks = request(request, enrollment.tenant(), enrollment.name(), name, thing);
        return switch (reception.identify(asks)) {
            case Outcome.Refused it
            when it.refusal() instanceof Refusal.NotRegistered -> known(request, shown, asks, first(asks));
            case Outcome outcome -> known(request, shown, asks, outcome);
        };
    }

    /// Whoever awaits an operator's approval is in quarantine until then.
    private Outcome first(EnrollmentRequest asks) {
        Outcome outcome = reception.enroll(asks);
        return outcome instanceof Outcome.Refused it && it.refusal() instanceof Refusal.AwaitingApproval
                ? approved(it, reception.identify(asks))
                : outcome;
    }

    private Outcome approved(Outcome.Refused awaiting, Outcome known) {
        return quarantine == Quarantine.HEAR ? known : awaiting;
    }

    private static EnrollmentRequest request(
            ConnectionRequest request, Name tenant, Name enrollment, RegistrationId name, Optional<Templated> thing) {
        return new EnrollmentRequest(
                request.door(),
                Optional.of(tenant.value()),
                Optional.of(enrollment),
                name,
                List.of(new Evidence.CertificateChain(request.chain())),
                Optional.empty(),
                Optional.empty(),
                thing,
                request.source());
    }

    private Admitted known(
            ConnectionRequest request, PresentedCertificate shown, EnrollmentRequest proof, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Enrolled it -> permitted(request, shown, proof, it);
            case Outcome.Refused it -> new Admitted.Refused(it.attempt(), it.refusal());
            case Outcome.Deferred it ->
                new Admitted.Refused(it.attempt(), new Refusal.Unavailable("The device is enrolled in a moment."));
            case Outcome.Challenged it -> new Admitted.Refused(it.attempt(), new Refusal.Unsupported("a challenge"));
        };
    }

    private Admitted permitted(
            ConnectionRequest request, PresentedCertificate shown, EnrollmentRequest proof, Outcome.Enrolled proved) {
        Device device = proved.device();
        if (device.thing().isEmpty()) {
            return permitted(request, proof, proved, new Rights.OwnTopics(device.deviceId()));
        }
        Thing thing = device.thing().get();
        List<AttachedPolicy> policies = templating.policies().attached(device.tenant(), thing.policies());
        Optional<PolicyName> gone = AttachedPolicy.gone(policies);
        return gone.isPresent()
                ? refused(request, new Refusal.PolicyMissing(gone.get().value()))
                : permitted(
                        request,
                        proof,
                        proved,
                        new Rights.ByPolicies(new Permissions(policies, variables(request, shown, device, thing))));
    }

    private Admitted permitted(
            ConnectionRequest request, EnrollmentRequest proof, Outcome.Enrolled proved, Rights rights) {
        return rights.mayConnect(request.clientId())
                ? quarantine.admit(proved, proof, rights)
                : refused(request, new Refusal.NotPermitted("to connect under this client id"));
    }

    private static Variables variables(
            ConnectionRequest request, PresentedCertificate shown, Device device, Thing thing) {
        Map<String, List<String>> names = new HashMap<>();
        shown.subject()
                .forEach((name, value) ->
                        names.put("Subject." + (name.equals("StateName") ? "State" : name), List.of(value)));
        String serial = shown.serial().map(Serial::toString).orElse("");
        return new Variables(
                request.clientId(),
                Optional.of(request.source()),
                Optional.of(new Variables.Thing(device.deviceId(), device.type(), thing.attributes())),
                Optional.of(new Variables.Certificate(shown.fingerprint(), serial, names)));
    }

    private static boolean within(ConnectionRequest request, Name tenant) {
        return request.scope().filter(scope -> !scope.equals(tenant.value())).isEmpty();
    }

    private Admitted refused(ConnectionRequest request, Refusal refusal) {
        return new Admitted.Refused(
                reception.turnAway(request.door(), refusal, request.source()).attempt(), refusal);
    }
}
