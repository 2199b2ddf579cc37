package io.muster.desk.testkit;

import io.muster.core.device.JsonPlace;
import io.muster.core.template.Fault;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;

/// Reads no template: says which one it was asked to read.
public final class WordTemplates implements TemplateReader {

    @Override
    public TemplateReading read(Template.Kind kind, String text) {
        return new TemplateReading.Unreadable(
                new Fault(JsonPlace.WHOLE, "A template of kind " + kind + " is not read here.", "Give none."));
    }
}
