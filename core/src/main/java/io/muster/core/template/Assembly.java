package io.muster.core.template;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.device.RegistrationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts an instance together, section by section.
final class Assembly {

    static final String NAME_RULE =
            "Make it of 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', without a dot at its end";

    private static final String FORBIDDEN_IN_POLICIES = "*?$+#\"\\{}";

    private final Template template;
    private final Resources resources;
    private final Evaluation free;
    private final Evaluation guarded;

    Assembly(Template template, Values values) {
        this.template = template;
        this.resources = template.resources();
        Mappings mappings = template.declarations().mappings();
        this.free = new Evaluation(values, mappings, (place, name, value) -> {});
        this.guarded = new Evaluation(values, mappings, Assembly::mayEnterAPolicy);
    }

    Instance instance() throws FaultFound {
        return new Instance(thing(), active(), policies(), resources.overrides(), configuration());
    }

    private Instance.Thing thing() throws FaultFound {
        ThingResource thing = resources.thing();
        return new Instance.Thing(
                name(thing.name()),
                attributes(thing.attributes()),
                optional(Shape.THING_TYPE, thing.type()),
                groups(thing.groups()),
                optional(Shape.BILLING_GROUP, thing.billingGroup()));
    }

    private RegistrationId name(Property name) throws FaultFound {
        String text = free.text(name.value());
        return RegistrationId.parse(text)
                .orElseThrow(() ->
                        new FaultFound(name.place(), Words.quoted(text) + " cannot be the name of a thing", NAME_RULE));
    }

    private Map<String, String> attributes(Map<String, Property> written) throws FaultFound {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, Property> attribute : written.entrySet()) {
            Property value = attribute.getValue();
            attributes.put(attribute.getKey(), Shape.ATTRIBUTE_VALUE.fit(value.place(), free.text(value.value())));
        }
        return attributes;
    }

    private List<String> groups(Optional<Expression.Listed> written) throws FaultFound {
        List<String> groups = new ArrayList<>();
        if (written.isPresent()) {
            JsonPlace place = written.get().place();
            for (String group : free.texts(written.get())) {
                groups.add(Shape.GROUP.fit(place, group));
            }
            if (groups.size() > Template.MAX_GROUPS) {
                throw new FaultFound(
                        place,
                        "The thing would be in " + groups.size() + " groups",
                        "Name at most " + Template.MAX_GROUPS);
            }
        }
        return groups.stream().distinct().toList();
    }

    private boolean active() throws FaultFound {
        Optional<Property> status = resources.certificateStatus();
        return status.isEmpty()
                || Shape.active(status.get().place(), free.text(status.get().value()));
    }

    private List<Instance.Policy> policies() throws FaultFound {
        List<Instance.Policy> policies = new ArrayList<>();
        for (PolicyResource policy : resources.policies()) {
            policies.add(
                    switch (policy) {
                        case PolicyResource.Named(Property name) ->
                            new Instance.Policy.Named(
                                    name.place(), Shape.policyName(name.place(), free.text(name.value())));
                        case PolicyResource.Text(Property document) ->
                            new Instance.Policy.Written(guarded.text(document.value()));
                        case PolicyResource.Document document -> new Instance.Policy.Written(written(document));
                    });
        }
        return policies;
    }

    private String written(PolicyResource.Document document) throws FaultFound {
        StringBuilder json = new StringBuilder();
        for (PolicyResource.Piece piece : document.pieces()) {
            switch (piece) {
                case PolicyResource.Piece.Verbatim(String text) -> json.append(text);
                case PolicyResource.Piece.Filled(Expression value) ->
                    json.append(Json.ofText(guarded.text(value)).text());
                case PolicyResource.Piece.FilledList(Expression.Listed values) -> {
                    String between = "[";
                    for (String text : guarded.texts(values)) {
                        json.append(between).append(Json.ofText(text).text());
                        between = ",";
                    }
                    json.append(between.equals("[") ? "[]" : "]");
                }
            }
            bounded(document.place(), json);
        }
        return json.toString();
    }

    /// A policy is a language of its own. What a device says of itself must stay text in it: no wildcard, no variable
    /// and no end of a string, or the device would write its own permissions.
    private static void mayEnterAPolicy(JsonPlace place, String name, String value) throws FaultFound {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || FORBIDDEN_IN_POLICIES.indexOf(c) >= 0)) {
            throw new FaultFound(
                    place,
                    "The value of " + name + " would change what the policy means: " + Words.quoted(value),
                    "Let the device send a value without the characters " + FORBIDDEN_IN_POLICIES
                            + " and without controls");
        }
    }

    private static void bounded(JsonPlace place, StringBuilder json) throws FaultFound {
        if (json.length() > 2 * Expression.MAX_TEXT) {
            throw new FaultFound(place, "The document becomes too long", "Let the device send shorter values");
        }
    }

    private Map<String, String> configuration() throws FaultFound {
        Map<String, String> configuration = new LinkedHashMap<>();
        for (Map.Entry<String, Property> entry : template.deviceConfiguration().entrySet()) {
            configuration.put(entry.getKey(), free.text(entry.getValue().value()));
        }
        return configuration;
    }

    private Optional<String> optional(Shape shape, Optional<Property> property) throws FaultFound {
        return property.isEmpty()
                ? Optional.empty()
                : Optional.of(shape.fit(
                        property.get().place(), free.text(property.get().value())));
    }
}
