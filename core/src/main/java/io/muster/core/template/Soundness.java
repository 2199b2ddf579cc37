package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.RegistrationId;
import java.util.Map;
import java.util.Optional;

/// Whether a template's parts fit together: the first fault, in the order in which a template is read.
final class Soundness {

    private final Template.Kind kind;
    private final Template.Declarations declarations;
    private final References references;

    private Soundness(Template.Kind kind, Template.Declarations declarations) {
        this.kind = kind;
        this.declarations = declarations;
        this.references = new References(kind, declarations);
    }

    static Optional<Fault> fault(
            Template.Kind kind,
            Template.Declarations declarations,
            Resources resources,
            Map<String, Property> deviceConfiguration) {
        try {
            Soundness soundness = new Soundness(kind, declarations);
            soundness.parameters();
            soundness.thing(resources.thing());
            soundness.certificate(resources);
            soundness.policies(resources);
            soundness.configuration(deviceConfiguration);
            return Optional.empty();
        } catch (FaultFound found) {
            return Optional.of(found.fault());
        }
    }

    /// The index that a text says; negative when it is none.
    static int index(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    private void parameters() throws FaultFound {
        for (Map.Entry<String, Parameter> declared : declarations.parameters().entrySet()) {
            JsonPlace place = JsonPlace.WHOLE.member("Parameters").member(declared.getKey());
            parameter(place, declared.getKey(), declared.getValue());
        }
    }

    private void parameter(JsonPlace place, String name, Parameter parameter) throws FaultFound {
        if (name.isEmpty() || name.length() > Parameter.MAX_NAME) {
            throw new FaultFound(
                    place,
                    "A parameter's name is empty or too long",
                    "Give it 1 to " + Parameter.MAX_NAME + " characters");
        }
        if (parameter.standard().filter(it -> it.length() > Parameter.MAX_VALUE).isPresent()) {
            throw new FaultFound(
                    place.member("Default"),
                    "A Default is too long",
                    "Give it at most " + Parameter.MAX_VALUE + " characters");
        }
        boolean fact = references.fact(name);
        if (!fact && name.startsWith("AWS::")) {
            throw references.undeclared(place, name);
        }
        if (!fact && kind == Template.Kind.JITP && parameter.standard().isEmpty()) {
            throw new FaultFound(
                    place,
                    "A device that is provisioned just in time sends no parameters",
                    "Give the parameter a Default, or use what the certificate says: " + CertificateFacts.PREFIX
                            + "CommonName and the like");
        }
    }

    private void thing(ThingResource thing) throws FaultFound {
        references.check(thing.name().value());
        if (thing.name().value() instanceof Expression.Literal(String text)
                && RegistrationId.parse(text).isEmpty()) {
            throw new FaultFound(
                    thing.name().place(), Words.quoted(text) + " cannot be the name of a thing", Assembly.NAME_RULE);
        }
        for (Map.Entry<String, Property> attribute : thing.attributes().entrySet()) {
            Shape.ATTRIBUTE_NAME.fit(attribute.getValue().place(), attribute.getKey());
            property(Shape.ATTRIBUTE_VALUE, attribute.getValue());
        }
        if (thing.attributes().size() > Template.MAX_ATTRIBUTES) {
            throw new FaultFound(
                    thing.name().place(),
                    "The thing has " + thing.attributes().size() + " attributes",
                    "Write at most " + Template.MAX_ATTRIBUTES);
        }
        property(Shape.THING_TYPE, thing.type());
        property(Shape.BILLING_GROUP, thing.billingGroup());
        if (thing.groups().isPresent()) {
            groups(thing.groups().get());
        }
    }

    private void groups(Expression.Listed groups) throws FaultFound {
        references.check(groups);
        if (groups instanceof Expression.Listed.Items items) {
            for (Expression item : items.items()) {
                literal(Shape.GROUP, new Property(items.place(), item));
            }
        }
    }

    private void certificate(Resources resources) throws FaultFound {
        if (resources.certificateStatus().isPresent()) {
            Property status = resources.certificateStatus().get();
            references.check(status.value());
            if (status.value() instanceof Expression.Literal(String text)) {
                Shape.active(status.place(), text);
            }
        }
    }

    private void policies(Resources resources) throws FaultFound {
        for (PolicyResource policy : resources.policies()) {
            switch (policy) {
                case PolicyResource.Named(Property name) -> named(name);
                case PolicyResource.Text(Property document) -> references.check(document.value());
                case PolicyResource.Document document -> document(document);
            }
        }
        if (resources.policies().size() > Template.MAX_POLICIES) {
            throw new FaultFound(
                    JsonPlace.WHOLE.member("Resources"),
                    "The certificate would have " + resources.policies().size() + " policies",
                    "Write at most " + Template.MAX_POLICIES);
        }
    }

    private void named(Property name) throws FaultFound {
        references.check(name.value());
        if (name.value() instanceof Expression.Literal(String text)) {
            Shape.policyName(name.place(), text);
        }
    }

    private void document(PolicyResource.Document document) throws FaultFound {
        for (PolicyResource.Piece piece : document.pieces()) {
            switch (piece) {
                case PolicyResource.Piece.Verbatim(String _) -> {}
                case PolicyResource.Piece.Filled(Expression value) -> references.check(value);
                case PolicyResource.Piece.FilledList(Expression.Listed values) -> references.check(values);
            }
        }
    }

    private void configuration(Map<String, Property> configuration) throws FaultFound {
        for (Map.Entry<String, Property> entry : configuration.entrySet()) {
            Shape.CONFIGURATION_NAME.fit(entry.getValue().place(), entry.getKey());
            references.check(entry.getValue().value());
        }
    }

    private void property(Shape shape, Optional<Property> property) throws FaultFound {
        if (property.isPresent()) {
            property(shape, property.get());
        }
    }

    private void property(Shape shape, Property property) throws FaultFound {
        references.check(property.value());
        literal(shape, property);
    }

    private static void literal(Shape shape, Property property) throws FaultFound {
        if (property.value() instanceof Expression.Literal(String text)) {
            shape.fit(property.place(), text);
        }
    }
}
