package io.muster.outlets.aws;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.permission.PolicyReader;
import io.muster.core.template.Fault;
import io.muster.core.template.Mappings;
import io.muster.core.template.Parameter;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads provisioning templates as the AWS IoT Developer Guide describes them ("Provisioning templates"). What that
/// grammar does not know is refused: a member that was ignored would be a promise that nobody keeps.
public final class JsonTemplateReader implements TemplateReader {

    private final StrictText json = new StrictText(Template.MAX_LENGTH);
    private final PolicyReader policies;

    /// @param policies reads those policies that are written out in a template: what is wrong with one shall be known
    ///     before a device comes
    public JsonTemplateReader(PolicyReader policies) {
        this.policies = policies;
    }

    @Override
    public TemplateReading read(Template.Kind kind, String text) {
        try {
            return sections(kind, json.read(text).object());
        } catch (Unfit unfit) {
            return new TemplateReading.Unreadable(new Fault(unfit.place(), unfit.what(), unfit.remedy()));
        }
    }

    private TemplateReading sections(Template.Kind kind, Node.Members template) throws Unfit {
        template.only(Set.of("Parameters", "Mappings", "Resources", "DeviceConfiguration"));
        fleetOnly(kind, template.optional("Mappings"));
        fleetOnly(kind, template.optional("DeviceConfiguration"));
        return Template.of(
                new Json(template.json()),
                kind,
                new Template.Declarations(
                        parameters(template.optional("Parameters")), mappings(template.optional("Mappings"))),
                ResourcesForm.read(template.required("Resources").object(), policies),
                ResourcesForm.properties(template.optional("DeviceConfiguration")));
    }

    private static void fleetOnly(Template.Kind kind, Optional<Node> section) throws Unfit {
        if (kind == Template.Kind.JITP && section.isPresent()) {
            throw new Unfit(
                    section.get().place(),
                    "A just-in-time template has no such section",
                    "Remove it, or let devices come with a claim by a fleet template");
        }
    }

    private static Map<String, Parameter> parameters(Optional<Node> section) throws Unfit {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        if (section.isPresent()) {
            for (Map.Entry<String, Node> declared :
                    section.get().object().members().entrySet()) {
                parameters.put(declared.getKey(), parameter(declared.getValue().object()));
            }
        }
        return parameters;
    }

    private static Parameter parameter(Node.Members declaration) throws Unfit {
        declaration.only(Set.of("Type", "Default"));
        Node type = declaration.required("Type");
        if (!type.text().equals("String")) {
            throw new Unfit(type.place(), "There is no such type", "Write String");
        }
        Optional<Node> standard = declaration.optional("Default");
        return new Parameter(
                standard.isEmpty()
                        ? Optional.empty()
                        : Optional.of(standard.get().scalar()));
    }

    private static Mappings mappings(Optional<Node> section) throws Unfit {
        Map<String, Map<String, Map<String, String>>> maps = new LinkedHashMap<>();
        if (section.isPresent()) {
            for (Map.Entry<String, Node> map : section.get().object().members().entrySet()) {
                maps.put(map.getKey(), keys(map.getValue().object()));
            }
        }
        return new Mappings(maps);
    }

    private static Map<String, Map<String, String>> keys(Node.Members map) throws Unfit {
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        for (Map.Entry<String, Node> key : map.members().entrySet()) {
            keys.put(key.getKey(), values(key.getValue().object()));
        }
        return keys;
    }

    private static Map<String, String> values(Node.Members key) throws Unfit {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, Node> value : key.members().entrySet()) {
            if (value.getValue() instanceof Node.Members(JsonPlace place, Map<String, Node> _)) {
                throw new Unfit(
                        place, "Mappings hold plain values only, no function", "Write the value, or use Fn::Sub later");
            }
            values.put(value.getKey(), value.getValue().scalar());
        }
        return values;
    }
}
