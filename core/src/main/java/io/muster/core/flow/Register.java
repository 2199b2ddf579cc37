package io.muster.core.flow;

import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.OwnershipToken;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Advised;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.door.Admitted.Claimant;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;
import io.muster.core.flow.Templates.Made;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.policy.Hooks;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Roster;
import io.muster.core.template.CertificateFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Registers a device with a certificate that a claim created: the template makes a name of its parameters, and under
/// that name the device is enrolled like any other.
public final class Register {

    private static final System.Logger log = System.getLogger(Register.class.getName());

    private final Reception reception;
    private final Roster roster;
    private final Creations creations;
    private final Continuations seals;
    private final Templates templates;
    private final Hooks hooks;

    /// @param seals opens ownership tokens
    /// @param hooks asks before a device is made, where its template says so
    public Register(
            Reception reception,
            Roster roster,
            Creations creations,
            Continuations seals,
            Templates templates,
            Hooks hooks) {
        this.reception = reception;
        this.roster = roster;
        this.creations = creations;
        this.seals = seals;
        this.templates = templates;
        this.hooks = hooks;
    }

    Registering register(RegistrationRequest request) {
        Claimant claimant = request.claimant();
        if (!request.template().equals(claimant.enrollment())) {
            return refused(
                    request,
                    new Refusal.ClaimOfOtherEnrollment(claimant.enrollment().value()));
        }
        try {
            return switch (roster.endpoint(
                    Optional.of(claimant.tenant().value()), Optional.of(claimant.enrollment()))) {
                case Roster.Endpoint.Nothing it -> refused(request, it.refusal());
                case Roster.Endpoint.Open it ->
                    it.enrollment()
                            .flatMap(enrollment -> enrollment.treatment().template())
                            .map(template -> owned(request, template))
                            .orElseGet(() -> refused(
                                    request,
                                    new Refusal.TemplateMissing(
                                            claimant.enrollment().value())));
            };
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return refused(request, new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    /// The certificate's number may be what the template makes a name of: so it is found first, and believed later.
    private Registering owned(RegistrationRequest request, ProvisioningTemplate template) {
        Optional<Creation> owned = OwnershipToken.open(seals, request.claimant().tenant(), request.ownership())
                .flatMap(token -> creations.find(request.claimant().tenant(), token.serial()));
        if (owned.isEmpty()) {
            return refused(request, new Refusal.OwnershipTokenInvalid());
        }
        Optional<Advised> advised =
                template.hook().map(hook -> new Advised(hook, asked(hook, request, template, owned.get())));
        CertificateFacts facts = CertificateFacts.ofId(owned.get().certificate().sha256());
        return switch (templates.make(request.claimant().tenant(), template, parameters(request, advised), facts)) {
            case Made.Refused it -> refused(request, it.refusal());
            case Made.Device it ->
                registered(
                        request,
                        new Made.Device(
                                it.instance(),
                                advised.map(it.templated()::advised).orElse(it.templated())));
        };
    }

    /// A hook sets what the template asks for, and nothing else.
    private Advice asked(HookUrl hook, RegistrationRequest request, ProvisioningTemplate template, Creation owned) {
        Advice advice = hooks.provision(
                hook,
                new Hooks.Provisioning(
                        request.claimant().tenant(),
                        request.claimant().enrollment(),
                        request.claimant().fingerprint(),
                        owned.certificate(),
                        request.clientId(),
                        request.parameters()));
        boolean foreign = advice instanceof Advice.Allowed allowed
                && !allowed.overrides().keySet().stream().allMatch(it -> templates.declares(template, it));
        return foreign ? new Advice.Failed("set a parameter that the template does not have") : advice;
    }

    /// A device that the hook refuses is refused under the name that it would have had.
    private static Map<String, String> parameters(RegistrationRequest request, Optional<Advised> advised) {
        Map<String, String> parameters = new HashMap<>(request.parameters());
        advised.ifPresent(it -> {
            if (it.advice() instanceof Advice.Allowed allowed) {
                parameters.putAll(allowed.overrides());
            }
        });
        return parameters;
    }

    private Registering registered(RegistrationRequest request, Made.Device made) {
        Claimant claimant = request.claimant();
        EnrollmentRequest asks = new EnrollmentRequest(
                request.door(),
                Optional.of(claimant.tenant().value()),
                Optional.of(claimant.enrollment()),
                made.instance().thing().name(),
                List.of(new Evidence.Ownership(request.ownership(), claimant.fingerprint())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(made.templated()),
                request.source());
        return switch (reception.enroll(asks)) {
            case Outcome.Enrolled it ->
                new Registering.Registered(
                        it.attempt(), it.device(), it.change(), made.instance().deviceConfiguration());
            case Outcome.Refused it -> new Registering.Refused(it.attempt(), it.refusal());
            case Outcome.Deferred it -> new Registering.Refused(it.attempt(), later());
            case Outcome.Challenged it -> new Registering.Refused(it.attempt(), later());
        };
    }

    private static Refusal later() {
        return new Refusal.Unavailable("The device cannot be registered at this moment.");
    }

    private Registering refused(RegistrationRequest request, Refusal refusal) {
        return new Registering.Refused(
                reception.turnAway(request.door(), refusal, request.source()).attempt(), refusal);
    }
}
