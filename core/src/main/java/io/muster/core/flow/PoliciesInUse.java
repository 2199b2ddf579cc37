package io.muster.core.flow;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.ThingPolicy;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Roster;
import io.muster.core.template.Fault;
import io.muster.core.template.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Policies that templates gave to devices. One with a name is looked up each time that it is asked for, so that a
/// change counts at once; a document is read again once.
public final class PoliciesInUse {

    private final PolicyReader reader;
    private final Roster roster;
    private final Remembered<Json, PolicyDocument> read = new Remembered<>();

    public PoliciesInUse(PolicyReader reader, Roster roster) {
        this.reader = reader;
        this.roster = roster;
    }

    /// What a thing would get.
    sealed interface Given {

        record Policies(List<ThingPolicy> policies) implements Given {}

        /// A policy is none, or there is none of its name.
        record Unfit(Fault fault) implements Given {}
    }

    Given given(Name tenant, Instance instance) {
        Map<PolicyName, NamedPolicy> there = named(tenant, instance);
        List<ThingPolicy> given = new ArrayList<>();
        for (Instance.Policy policy : instance.policies()) {
            switch (policy) {
                case Instance.Policy.Named(JsonPlace place, PolicyName name) -> {
                    if (!there.containsKey(name)) {
                        return new Given.Unfit(missing(place, name));
                    }
                    given.add(new ThingPolicy.Named(name));
                }
                case Instance.Policy.Written(String text) -> {
                    switch (reader.read(text)) {
                        case PolicyReading.Read it ->
                            given.add(new ThingPolicy.Written(it.document().source()));
                        case PolicyReading.Unreadable it -> {
                            return new Given.Unfit(new Fault(it.place(), it.what(), it.remedy()));
                        }
                    }
                }
            }
        }
        return new Given.Policies(given);
    }

    private static Fault missing(JsonPlace place, PolicyName name) {
        return new Fault(
                place,
                "There is no policy " + name + ".",
                "Create it: muster policy create " + name + " --document FILE.");
    }

    /// The policies that an instance attaches by name, of those that there are.
    public Map<PolicyName, NamedPolicy> named(Name tenant, Instance instance) {
        return standing(
                tenant,
                instance.policies().stream()
                        .filter(Instance.Policy.Named.class::isInstance)
                        .map(it -> ((Instance.Policy.Named) it).name()));
    }

    /// A thing's policies, in the form that decides. Those with a name are all of one moment.
    public List<AttachedPolicy> attached(Name tenant, List<ThingPolicy> policies) {
        Map<PolicyName, NamedPolicy> there = standing(
                tenant,
                policies.stream().filter(ThingPolicy.Named.class::isInstance).map(it -> ((ThingPolicy.Named) it)
                        .name()));
        return policies.stream()
                .map(policy -> switch (policy) {
                    case ThingPolicy.Written(Json document) -> AttachedPolicy.own(document(document));
                    case ThingPolicy.Named(PolicyName name) -> attached(name, Optional.ofNullable(there.get(name)));
                })
                .toList();
    }

    private AttachedPolicy attached(PolicyName name, Optional<NamedPolicy> found) {
        return found.<AttachedPolicy>map(it -> new AttachedPolicy.Standing(Optional.of(name), document(it.document())))
                .orElseGet(() -> new AttachedPolicy.Gone(name));
    }

    private Map<PolicyName, NamedPolicy> standing(Name tenant, Stream<PolicyName> names) {
        var asked = names.collect(Collectors.toSet());
        return asked.isEmpty() ? Map.of() : roster.policies(tenant, asked);
    }

    private PolicyDocument document(Json source) {
        return read.of(source, this::readAgain);
    }

    private PolicyDocument readAgain(Json source) {
        return switch (reader.read(source.text())) {
            case PolicyReading.Read it -> it.document();
            case PolicyReading.Unreadable it ->
                throw new IllegalStateException("A policy that was stored cannot be read: " + it.what());
        };
    }
}
