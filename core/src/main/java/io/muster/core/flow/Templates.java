package io.muster.core.flow;

import io.muster.core.device.Name;
import io.muster.core.device.Thing;
import io.muster.core.device.ThingPolicy;
import io.muster.core.door.Refusal;
import io.muster.core.door.Templated;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.Fault;
import io.muster.core.template.Impossible;
import io.muster.core.template.Instance;
import io.muster.core.template.Instantiation;
import io.muster.core.template.Overrides;
import io.muster.core.template.Overrides.Action;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Templates in use: read again once, and remembered.
public final class Templates {

    private final TemplateReader templates;
    private final PoliciesInUse policies;
    private final Remembered<ProvisioningTemplate, Template> read = new Remembered<>();

    public Templates(TemplateReader templates, PoliciesInUse policies) {
        this.templates = templates;
        this.policies = policies;
    }

    /// What a template makes of a device. One that has a name and a flaw goes on to be refused under its name.
    sealed interface Made {

        record Device(Instance instance, Templated templated) implements Made {}

        record Refused(Refusal refusal) implements Made {}
    }

    Made make(
            Name tenant, ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (instance(template, parameters, certificate)) {
            case Impossible it -> new Made.Refused(failed(it.fault()));
            case Instance it ->
                switch (policies.given(tenant, it)) {
                    case PoliciesInUse.Given.Unfit bad -> device(it, List.of(), Optional.of(failed(bad.fault())));
                    case PoliciesInUse.Given.Policies given -> device(it, given.policies(), Optional.empty());
                };
        };
    }

    /// What a template would make of a device, and nothing comes of it: it fails wherever a device would be refused.
    public Instantiation rehearse(
            Name tenant, ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (instance(template, parameters, certificate)) {
            case Impossible it -> it;
            case Instance it ->
                switch (policies.given(tenant, it)) {
                    case PoliciesInUse.Given.Unfit bad -> new Impossible(bad.fault());
                    case PoliciesInUse.Given.Policies _ -> it;
                };
        };
    }

    /// Whether a template has a parameter of that name.
    boolean declares(ProvisioningTemplate template, String parameter) {
        return read.of(template, this::readAgain).declarations().parameters().containsKey(parameter);
    }

    private Instantiation instance(
            ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return read.of(template, this::readAgain).instantiate(parameters, certificate);
    }

    private static Refusal failed(Fault fault) {
        return new Refusal.TemplateFailed(fault.place().toString(), fault.what(), fault.remedy());
    }

    private static Made device(Instance instance, List<ThingPolicy> policies, Optional<Refusal> flaw) {
        Instance.Thing described = instance.thing();
        Thing thing = new Thing(described.attributes(), described.groups(), described.billingGroup(), policies);
        return new Made.Device(
                instance,
                new Templated(thing, described.type(), (present, fresh) -> met(instance, present, fresh), flaw));
    }

    /// AWS: OverrideSettings; what they do not name stays as it is.
    private static Optional<Thing> met(Instance instance, Thing present, Thing fresh) {
        Overrides overrides = instance.overrides();
        Action attributes = overrides.attributes().orElse(Action.DO_NOTHING);
        Action groups = overrides.groups().orElse(Action.DO_NOTHING);
        boolean attributesDiffer = !present.attributes().equals(fresh.attributes());
        boolean groupsDiffer = !present.groups().equals(fresh.groups());
        boolean refused = (attributes == Action.FAIL && attributesDiffer) || (groups == Action.FAIL && groupsDiffer);
        return refused
                ? Optional.empty()
                : Optional.of(new Thing(
                        attributes(attributes, present.attributes(), fresh.attributes()),
                        groups(groups, present.groups(), fresh.groups()),
                        present.billingGroup().or(fresh::billingGroup),
                        fresh.policies()));
    }

    private static Map<String, String> attributes(
            Action action, Map<String, String> present, Map<String, String> fresh) {
        return switch (action) {
            case DO_NOTHING, FAIL -> present;
            case REPLACE -> fresh;
            case MERGE -> {
                Map<String, String> both = new LinkedHashMap<>(present);
                both.putAll(fresh);
                yield both;
            }
        };
    }

    private static List<String> groups(Action action, List<String> present, List<String> fresh) {
        return switch (action) {
            case DO_NOTHING, FAIL -> present;
            case REPLACE -> fresh;
            case MERGE -> {
                LinkedHashSet<String> both = new LinkedHashSet<>(fresh);
                both.addAll(present);
                yield List.copyOf(both);
            }
        };
    }

    private Template readAgain(ProvisioningTemplate template) {
        return switch (templates.read(template.kind(), template.source().text())) {
            case TemplateReading.Read it -> it.template();
            case TemplateReading.Unreadable it ->
                throw new IllegalStateException("A template that was stored cannot be read: "
                        + it.fault().what());
        };
    }
}
