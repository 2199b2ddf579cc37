package io.muster.desk.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.template.Difference;
import io.muster.core.template.Fault;
import io.muster.core.template.Impossible;
import io.muster.core.template.Instance;
import io.muster.core.template.Instantiation;
import io.muster.core.template.Overrides;
import java.util.List;
import java.util.Map;

/// Shows what templates make.
final class TemplateJson {

    private static final JsonMapper JSON = new JsonMapper();

    private TemplateJson() {}

    static ObjectNode outcome(Instantiation made) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (made) {
            case Instance it -> json.set("makes", instance(it));
            case Impossible it -> json.set("fails", fault(it.fault()));
        }
        return json;
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

    private static ObjectNode instance(Instance instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instance.Thing thing = instance.thing();
        ObjectNode shown = json.putObject("thing").put("name", thing.name().display());
        thing.type().ifPresent(type -> shown.put("type", type));
        texts(shown.putObject("attributes"), thing.attributes());
        thing.groups().forEach(shown.putArray("groups")::add);
        thing.billingGroup().ifPresent(group -> shown.put("billingGroup", group));
        json.put("certificateStatus", instance.active() ? "ACTIVE" : "INACTIVE");
        policies(json, instance.policies());
        overrides(json, instance.overrides());
        texts(json.putObject("deviceConfiguration"), instance.deviceConfiguration());
        return json;
    }

    private static void policies(ObjectNode json, List<Instance.Policy> policies) {
        var list = json.putArray("policies");
        for (Instance.Policy policy : policies) {
            switch (policy) {
                case Instance.Policy.Named(String name) -> list.addObject().put("PolicyName", name);
                case Instance.Policy.Written(String text) -> list.add(tree(text));
            }
        }
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

    private static JsonNode tree(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A policy that was read is not JSON", e);
        }
    }
}
