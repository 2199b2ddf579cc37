package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one instance says differently from another.
///
/// @param member what is different, such as `thing.attributes.version`
/// @param before empty where only the second instance says it
/// @param after  empty where only the first instance says it
public record Difference(String member, Optional<String> before, Optional<String> after) {

    /// All differences, in the order of an instance's members.
    public static List<Difference> between(Instance first, Instance second) {
        Map<String, String> before = members(first);
        Map<String, String> after = members(second);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            Optional<String> was = Optional.ofNullable(before.get(name));
            Optional<String> is = Optional.ofNullable(after.get(name));
            if (!was.equals(is)) {
                differences.add(new Difference(name, was, is));
            }
        }
        return List.copyOf(differences);
    }

    private static Map<String, String> members(Instance instance) {
        Map<String, String> members = new LinkedHashMap<>();
        Instance.Thing thing = instance.thing();
        members.put("thing.name", thing.name().display());
        thing.attributes().forEach((name, value) -> members.put("thing.attributes." + name, value));
        thing.type().ifPresent(type -> members.put("thing.type", type));
        thing.groups().forEach(group -> members.put("thing.groups." + group, group));
        thing.billingGroup().ifPresent(group -> members.put("thing.billingGroup", group));
        members.put("certificate.status", instance.active() ? "ACTIVE" : "INACTIVE");
        for (int i = 0; i < instance.policies().size(); i++) {
            policy(members, "policies." + (i + 1), instance.policies().get(i));
        }
        overrides(members, instance.overrides());
        instance.deviceConfiguration().forEach((name, value) -> members.put("deviceConfiguration." + name, value));
        return members;
    }

    private static void policy(Map<String, String> members, String member, Instance.Policy policy) {
        switch (policy) {
            case Instance.Policy.Named(JsonPlace _, PolicyName name) -> members.put(member + ".name", name.value());
            case Instance.Policy.Written(String text) -> members.put(member + ".document", text);
        }
    }

    private static void overrides(Map<String, String> members, Overrides overrides) {
        overrides.attributes().ifPresent(it -> members.put("overrides.attributes", it.name()));
        overrides.thingType().ifPresent(it -> members.put("overrides.thingType", it.name()));
        overrides.groups().ifPresent(it -> members.put("overrides.groups", it.name()));
        overrides.certificateStatus().ifPresent(it -> members.put("overrides.certificateStatus", it.name()));
    }
}
