package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.template.Difference;
import io.muster.core.template.Fault;
import io.muster.core.template.Instance;
import io.muster.core.template.Overrides;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows what templates make.
final class TemplateJson {

    private TemplateJson() {}

    /// @param named the policies that it attaches by name
    static ObjectNode makes(Instance instance, Map<PolicyName, NamedPolicy> named) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.set("makes", instance(instance, named));
    }

    static ObjectNode fails(Fault fault) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.set("fails", fault(fault));
    }

    static ObjectNode fault(Fault fault) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", fault.place().toString())
                .put("detail", fault.what())
                .put("remedy", fault.remedy());
    }

    static ObjectNode difference(Difference difference) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("member", difference.member());
        difference.before().ifPresent(value -> json.put("before", value));
        difference.after().ifPresent(value -> json.put("after", value));
        return json;
    }

    private static ObjectNode instance(Instance instance, Map<PolicyName, NamedPolicy> named) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instance.Thing thing = instance.thing();
        ObjectNode shown = json.putObject("thing").put("name", thing.name().display());
        thing.type().ifPresent(type -> shown.put("type", type));
        texts(shown.putObject("attributes"), thing.attributes());
        thing.groups().forEach(shown.putArray("groups")::add);
        thing.billingGroup().ifPresent(group -> shown.put("billingGroup", group));
        json.put("certificateStatus", instance.active() ? "ACTIVE" : "INACTIVE");
        policies(json.putArray("policies"), instance.policies(), named);
        overrides(json, instance.overrides());
        texts(json.putObject("deviceConfiguration"), instance.deviceConfiguration());
        return json;
    }

    private static void policies(ArrayNode list, List<Instance.Policy> policies, Map<PolicyName, NamedPolicy> named) {
        for (Instance.Policy policy : policies) {
            switch (policy) {
                case Instance.Policy.Named(JsonPlace _, PolicyName name) ->
                    Optional.ofNullable(named.get(name)).ifPresent(it -> list.add(named(it)));
                case Instance.Policy.Written(String text) -> list.add(NamedPolicyOperations.tree(new Json(text)));
            }
        }
    }

    private static ObjectNode named(NamedPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("PolicyName", policy.name().value())
                .put("version", policy.version());
        return json.set("PolicyDocument", NamedPolicyOperations.tree(policy.document()));
    }

    private static void overrides(ObjectNode json, Overrides overrides) {
        if (overrides.equals(Overrides.NONE)) {
            return;
        }
        ObjectNode settings = json.putObject("overrideSettings");
        overrides.attributes().ifPresent(it -> settings.put("attributes", it.name()));
        overrides.thingType().ifPresent(it -> settings.put("thingType", it.name()));
        overrides.groups().ifPresent(it -> settings.put("groups", it.name()));
        overrides.certificateStatus().ifPresent(it -> settings.put("certificateStatus", it.name()));
    }

    private static void texts(ObjectNode into, Map<String, String> values) {
        values.forEach(into::put);
    }
}
