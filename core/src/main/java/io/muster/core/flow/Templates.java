package io.muster.core.flow;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.device.Thing;
import io.muster.core.door.Refusal;
import io.muster.core.door.Templated;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Templates and policies in use: read again once, and remembered.
public final class Templates {

    private static final int MOST_REMEMBERED = 512;

    private final TemplateReader templates;
    private final PolicyReader policies;
    private final Map<ProvisioningTemplate, Template> readTemplates = new ConcurrentHashMap<>();
    private final Map<Json, PolicyDocument> readPolicies = new ConcurrentHashMap<>();

    public Templates(TemplateReader templates, PolicyReader policies) {
        this.templates = templates;
        this.policies = policies;
    }

    /// What a template makes of a device.
    sealed interface Made {

        record Device(Instance instance, Templated templated) implements Made {}

        record Refused(Refusal refusal) implements Made {}
    }

    Made make(ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (instance(template, parameters, certificate)) {
            case Impossible it -> refused(it.fault());
            case Instance it ->
                switch (documents(it)) {
                    case Documents.Unfit bad -> refused(bad.fault());
                    case Documents.Fit fit -> device(it, fit.documents());
                };
        };
    }

    /// What a template would make of a device, and nothing comes of it: it fails wherever a device would be refused.
    public Instantiation rehearse(
            ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (instance(template, parameters, certificate)) {
            case Impossible it -> it;
            case Instance it ->
                switch (documents(it)) {
                    case Documents.Unfit bad -> new Impossible(bad.fault());
                    case Documents.Fit _ -> it;
                };
        };
    }

    private Instantiation instance(
            ProvisioningTemplate template, Map<String, String> parameters, CertificateFacts certificate) {
        return remembered(readTemplates, template, this::read).instantiate(parameters, certificate);
    }

    private static Made refused(Fault fault) {
        return new Made.Refused(new Refusal.TemplateFailed(fault.place().toString(), fault.what(), fault.remedy()));
    }

    /// The policies that an instance wrote.
    private sealed interface Documents {

        record Fit(List<Json> documents) implements Documents {}

        record Unfit(Fault fault) implements Documents {}
    }

    private Documents documents(Instance instance) {
        List<Json> documents = new ArrayList<>();
        for (Instance.Policy policy : instance.policies()) {
            switch (policy) {
                case Instance.Policy.Named it -> {
                    return new Documents.Unfit(new Fault(
                            JsonPlace.WHOLE.member("Resources"),
                            "there is no policy " + it.name(),
                            "Write the policy into the template: PolicyDocument in place of PolicyName."));
                }
                case Instance.Policy.Written it -> {
                    switch (policies.read(it.text())) {
                        case PolicyReading.Read read ->
                            documents.add(read.document().source());
                        case PolicyReading.Unreadable bad -> {
                            return new Documents.Unfit(new Fault(bad.place(), bad.what(), bad.remedy()));
                        }
                    }
                }
            }
        }
        return new Documents.Fit(documents);
    }

    private static Made device(Instance instance, List<Json> documents) {
        Instance.Thing described = instance.thing();
        Thing thing = new Thing(described.attributes(), described.groups(), described.billingGroup(), documents);
        return new Made.Device(
                instance, new Templated(thing, described.type(), (present, fresh) -> met(instance, present, fresh)));
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

    /// The policies of a thing, in the form that decides.
    public List<PolicyDocument> policies(Thing thing) {
        return thing.policies().stream()
                .map(it -> remembered(readPolicies, it, this::readPolicy))
                .toList();
    }

    private Template read(ProvisioningTemplate template) {
        return switch (templates.read(template.kind(), template.source().text())) {
            case TemplateReading.Read it -> it.template();
            case TemplateReading.Unreadable it ->
                throw new IllegalStateException("A template that was stored cannot be read: "
                        + it.fault().what());
        };
    }

    private PolicyDocument readPolicy(Json source) {
        return switch (policies.read(source.text())) {
            case PolicyReading.Read it -> it.document();
            case PolicyReading.Unreadable it ->
                throw new IllegalStateException("A policy that was stored cannot be read: " + it.what());
        };
    }

    private static <K, V> V remembered(Map<K, V> known, K key, Function<K, V> read) {
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(key, read);
    }
}
