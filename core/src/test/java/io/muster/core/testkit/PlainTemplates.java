package io.muster.core.testkit;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.template.Expression;
import io.muster.core.template.Mappings;
import io.muster.core.template.Overrides;
import io.muster.core.template.Parameter;
import io.muster.core.template.Property;
import io.muster.core.template.Resources;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;
import io.muster.core.template.ThingResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads every text as one template: a thing that is named by its serial number, which is an attribute of it, too.
public final class PlainTemplates implements TemplateReader, PolicyReader {

    private static final String PARAMETER = "SerialNumber";

    @Override
    public TemplateReading read(Template.Kind kind, String text) {
        Property serial = new Property(JsonPlace.WHOLE, new Expression.Ref(JsonPlace.WHOLE, PARAMETER));
        ThingResource thing = new ThingResource(
                serial, Map.of("serial", serial), Optional.empty(), Optional.empty(), Optional.empty());
        return Template.of(
                new Json(text),
                kind,
                new Template.Declarations(Map.of(PARAMETER, new Parameter(Optional.empty())), Mappings.NONE),
                new Resources(thing, Optional.empty(), List.of(), Overrides.NONE),
                Map.of("interval", new Property(JsonPlace.WHOLE, new Expression.Literal("60"))));
    }

    @Override
    public PolicyReading read(String text) {
        return new PolicyReading.Unreadable(JsonPlace.WHOLE, "No policy is read here.", "Give none.");
    }
}
