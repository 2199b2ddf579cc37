package io.muster.core.template;

/// What came of reading a template.
public sealed interface TemplateReading {

    record Read(Template template) implements TemplateReading {}

    record Unreadable(Fault fault) implements TemplateReading {}
}
