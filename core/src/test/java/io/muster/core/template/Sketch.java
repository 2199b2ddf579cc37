package io.muster.core.template;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Templates for tests, without JSON.
final class Sketch {

    static final JsonPlace HERE = JsonPlace.WHOLE.member("here");

    private Sketch() {}

    /// A fleet template whose thing is named by the parameter `Serial`.
    static TemplateReading fleet(Map<String, Property> configuration, PolicyResource... policies) {
        return of(Template.Kind.FLEET, configuration, policies);
    }

    static TemplateReading of(Template.Kind kind, Map<String, Property> configuration, PolicyResource... policies) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameters.put("Serial", new Parameter(Optional.of("pump-1")));
        parameters.put("Place", new Parameter(Optional.of("north")));
        ThingResource thing = new ThingResource(
                property(ref("Serial")),
                Map.of("place", property(ref("Place"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Template.of(
                new Json("{}"),
                kind,
                new Template.Declarations(
                        parameters, new Mappings(Map.of("hubs", Map.of("north", Map.of("url", "n.example.com"))))),
                new Resources(thing, Optional.empty(), List.of(policies), Overrides.NONE),
                configuration);
    }

    /// What an expression becomes in a device's configuration, or the fault.
    static String evaluated(Expression expression, Map<String, String> parameters) {
        return switch (fleet(Map.of("it", property(expression)))) {
            case TemplateReading.Unreadable(Fault fault) -> "unreadable: " + fault.what();
            case TemplateReading.Read(Template template) ->
                switch (template.instantiate(parameters, CertificateFacts.ofId("c0ffee"))) {
                    case Impossible(Fault fault) -> "impossible: " + fault.what();
                    case Instance instance -> instance.deviceConfiguration().getOrDefault("it", "nothing");
                };
        };
    }

    static Property property(Expression expression) {
        return new Property(HERE, expression);
    }

    static Expression literal(String text) {
        return new Expression.Literal(text);
    }

    static Expression ref(String name) {
        return new Expression.Ref(HERE, name);
    }

    static Expression.Listed items(Expression... items) {
        return new Expression.Listed.Items(HERE, List.of(items));
    }

    static Expression sub(String text, Map<String, Expression> own) {
        return new Expression.Sub(HERE, SubText.parse(text).orElseThrow(), own);
    }
}
