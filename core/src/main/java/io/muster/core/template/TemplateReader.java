package io.muster.core.template;

/// Reads a template that an operator shows. Never throws on hostile text, and does bounded work.
public interface TemplateReader {

    TemplateReading read(Template.Kind kind, String text);
}
