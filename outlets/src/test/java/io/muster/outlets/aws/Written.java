package io.muster.outlets.aws;

import io.muster.core.template.CertificateFacts;
import io.muster.core.template.Fault;
import io.muster.core.template.Impossible;
import io.muster.core.template.Instance;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReading;
import java.util.Map;

/// Templates for tests, in JSON.
final class Written {

    static final CertificateFacts CERTIFICATE = CertificateFacts.ofId("a1b2c3");

    private static final JsonTemplateReader READER = new JsonTemplateReader(new JsonPolicyReader());

    private Written() {}

    /// A whole fleet template around some of its parts. Single quotes stand for double ones.
    static String fleet(String thing, String policy, String more) {
        return quoted("""
                {'Parameters': {'Serial': {'Type': 'String'}, 'Site': {'Type': 'String', 'Default': 'oslo'}},
                 'Mappings': {'sites': {'oslo': {'url': 'mqtts://no.example.com', 'depth': 3}}},
                 'Resources': {
                   'pump': {'Type': 'AWS::IoT::Thing', 'Properties': {'ThingName': {'Ref': 'Serial'}%s}},
                   'cert': {'Type': 'AWS::IoT::Certificate',
                            'Properties': {'CertificateId': {'Ref': 'AWS::IoT::Certificate::Id'}}}%s}%s}
                """.formatted(
                        thing,
                        policy.isEmpty()
                                ? ""
                                : ", 'rights': {'Type': 'AWS::IoT::Policy', 'Properties': {%s}}".formatted(policy),
                        more));
    }

    /// A template whose device configuration holds one expression under `it`.
    static String configured(String expression) {
        return fleet("", "", ", 'DeviceConfiguration': {'it': %s}".formatted(expression));
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static Template read(String text) {
        return read(Template.Kind.FLEET, text);
    }

    static Template read(Template.Kind kind, String text) {
        return switch (READER.read(kind, text)) {
            case TemplateReading.Read(Template template) -> template;
            case TemplateReading.Unreadable(Fault fault) ->
                throw new AssertionError(fault.place() + ": " + fault.what() + " (" + fault.remedy() + ")");
        };
    }

    static Fault fault(String text) {
        return fault(Template.Kind.FLEET, text);
    }

    static Fault fault(Template.Kind kind, String text) {
        return switch (READER.read(kind, text)) {
            case TemplateReading.Read _ -> throw new AssertionError("it was read: " + text);
            case TemplateReading.Unreadable(Fault fault) -> fault;
        };
    }

    static Instance instance(String text, Map<String, String> parameters) {
        return instance(read(text), parameters, CERTIFICATE);
    }

    static Instance instance(Template template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (template.instantiate(parameters, certificate)) {
            case Instance instance -> instance;
            case Impossible(Fault fault) -> throw new AssertionError(fault.place() + ": " + fault.what());
        };
    }

    static Fault impossible(String text, Map<String, String> parameters) {
        return impossible(read(text), parameters, CERTIFICATE);
    }

    static Fault impossible(Template template, Map<String, String> parameters, CertificateFacts certificate) {
        return switch (template.instantiate(parameters, certificate)) {
            case Instance instance -> throw new AssertionError("it was possible: " + instance);
            case Impossible(Fault fault) -> fault;
        };
    }
}
