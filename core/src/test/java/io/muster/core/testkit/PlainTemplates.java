package io.muster.core.testkit;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.template.Expression;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads every text as one template: a thing that is named by its serial number, which is an attribute of it, too. In a
/// text with the word `PolicyName` a parameter of that name is the name of its policy.
public final class PlainTemplates implements TemplateReader, PolicyReader {

    private static final String PARAMETER = "SerialNumber";
    private static final String POLICY = "PolicyName";

    @Override
    public TemplateReading read(Template.Kind kind, String text) {
        Property serial = new Property(JsonPlace.WHOLE, new Expression.Ref(JsonPlace.WHOLE, PARAMETER));
        ThingResource thing = new ThingResource(
                serial, Map.of("serial", serial), Optional.empty(), Optional.empty(), Optional.empty());
        return Template.of(
                new Json(text),
                kind,
                new Template.Declarations(parameters(text), Mappings.NONE),
                new Resources(thing, Optional.empty(), policies(text), Overrides.NONE),
                Map.of("interval", new Property(JsonPlace.WHOLE, new Expression.Literal("60"))));
    }

    private static Map<String, Parameter> parameters(String text) {
        Parameter one = new Parameter(Optional.empty());
        return text.contains(POLICY) ? Map.of(PARAMETER, one, POLICY, one) : Map.of(PARAMETER, one);
    }

    private static List<PolicyResource> policies(String text) {
        JsonPlace place = JsonPlace.WHOLE.member(POLICY);
        return text.contains(POLICY)
                ? List.of(new PolicyResource.Named(new Property(place, new Expression.Ref(place, POLICY))))
                : List.of();
    }

    @Override
    public PolicyReading read(String text) {
        return new PolicyReading.Unreadable(JsonPlace.WHOLE, "No policy is read here.", "Give none.");
    }
}
