package io.muster.desk.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.template.Expression;
import io.muster.core.template.Fault;
import io.muster.core.template.Mappings;
import io.muster.core.template.Overrides;
import io.muster.core.template.Parameter;
import io.muster.core.template.PolicyResource;
import io.muster.core.template.Property;
import io.muster.core.template.Resources;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;
import io.muster.core.template.ThingResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads templates in a few words: `thing` names the parameter that is the thing's name, `version` is an attribute,
/// `policy` a document, `named` the name of a policy that is somewhere else. Without `thing` it is none.
public final class WordTemplates implements TemplateReader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GROUP = "all";

    @Override
    public TemplateReading read(Template.Kind kind, String text) {
        JsonNode json = tree(text);
        JsonPlace place = JsonPlace.WHOLE.member("thing");
        if (!json.has("thing")) {
            return new TemplateReading.Unreadable(
                    new Fault(place, "A template of kind " + kind + " makes a thing.", "Say of which parameter."));
        }
        String name = json.path("thing").asText();
        Map<String, Parameter> parameters =
                name.startsWith("AWS::") ? Map.of() : Map.of(name, new Parameter(Optional.empty()));
        Map<String, Property> attributes = new LinkedHashMap<>();
        if (json.has("version")) {
            attributes.put("version", literal("version", json.path("version").asText()));
        }
        ThingResource thing = new ThingResource(
                new Property(place, new Expression.Ref(place, name)),
                attributes,
                Optional.of(literal("type", "pump")),
                Optional.of(new Expression.Listed.Items(place, List.of(new Expression.Literal(GROUP)))),
                Optional.empty());
        return Template.of(
                new Json(text),
                kind,
                new Template.Declarations(parameters, Mappings.NONE),
                new Resources(thing, Optional.empty(), policies(json), Overrides.NONE),
                kind == Template.Kind.FLEET ? Map.of("url", literal("url", "https://a.example")) : Map.of());
    }

    private static List<PolicyResource> policies(JsonNode json) {
        if (json.has("named")) {
            return List.of(
                    new PolicyResource.Named(literal("named", json.path("named").asText())));
        }
        return json.has("policy")
                ? List.of(new PolicyResource.Text(
                        literal("policy", json.path("policy").toString())))
                : List.of();
    }

    private static Property literal(String member, String text) {
        return new Property(JsonPlace.WHOLE.member(member), new Expression.Literal(text));
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The desk reads JSON before it asks", e);
        }
    }
}
