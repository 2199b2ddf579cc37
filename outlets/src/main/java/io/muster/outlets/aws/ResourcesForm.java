package io.muster.outlets.aws;

import io.muster.core.device.JsonPlace;
import io.muster.core.permission.PolicyReader;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.Expression;
import io.muster.core.template.Overrides;
import io.muster.core.template.PolicyResource;
import io.muster.core.template.Property;
import io.muster.core.template.Resources;
import io.muster.core.template.ThingResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the section `Resources` is written.
final class ResourcesForm {

    private static final Set<String> OTHER_WAYS =
            Set.of("CertificateSigningRequest", "CertificatePem", "CACertificatePem");

    private ResourcesForm() {}

    static Resources read(Node.Members section, PolicyReader reader) throws Unfit {
        List<Node.Members> things = new ArrayList<>();
        List<Node.Members> certificates = new ArrayList<>();
        List<PolicyResource> policies = new ArrayList<>();
        for (Node node : section.members().values()) {
            Node.Members resource = node.object();
            switch (resource.required("Type").text()) {
                case "AWS::IoT::Thing" -> things.add(withOverrides(resource));
                case "AWS::IoT::Certificate" -> certificates.add(withOverrides(resource));
                case "AWS::IoT::Policy" ->
                    policies.add(PolicyForm.read(
                            resource.only(Set.of("Type", "Properties"))
                                    .required("Properties")
                                    .object(),
                            reader));
                default ->
                    throw new Unfit(
                            resource.required("Type").place(),
                            "There is no such type of resource",
                            "Use AWS::IoT::Thing, AWS::IoT::Certificate or AWS::IoT::Policy");
            }
        }
        Node.Members thing = only(section, things, "AWS::IoT::Thing", "it gives the device its name");
        Node.Members certificate = only(
                section, certificates, "AWS::IoT::Certificate", "without it the certificate would never become active");
        return new Resources(
                thing(thing.required("Properties").object()),
                status(certificate.required("Properties").object()),
                policies,
                overrides(thing, certificate));
    }

    private static Node.Members withOverrides(Node.Members resource) throws Unfit {
        return resource.only(Set.of("Type", "Properties", "OverrideSettings"));
    }

    private static Node.Members only(Node.Members section, List<Node.Members> found, String type, String why)
            throws Unfit {
        if (found.isEmpty()) {
            throw new Unfit(section.place(), "The template declares no " + type, "Add a resource of that type: " + why);
        }
        if (found.size() > 1) {
            throw new Unfit(found.get(1).place(), "The template declares a second " + type, "Remove one of the two");
        }
        return found.getFirst();
    }

    private static ThingResource thing(Node.Members properties) throws Unfit {
        properties.only(Set.of("ThingName", "AttributePayload", "ThingTypeName", "ThingGroups", "BillingGroup"));
        Optional<Node> groups = properties.optional("ThingGroups");
        return new ThingResource(
                property(properties.required("ThingName")),
                properties(properties.optional("AttributePayload")),
                property(properties.optional("ThingTypeName")),
                groups.isEmpty() ? Optional.empty() : Optional.of(ExpressionForm.list(groups.get())),
                property(properties.optional("BillingGroup")));
    }

    /// A certificate exists before a template is applied to it: the template can only point to it.
    private static Optional<Property> status(Node.Members properties) throws Unfit {
        for (Node node : properties.members().values()) {
            if (OTHER_WAYS.stream()
                    .anyMatch(name -> node.place().equals(properties.place().member(name)))) {
                throw new Unfit(
                        node.place(),
                        "A device that provisions itself brings a certificate that exists already",
                        "Write CertificateId with {\"Ref\": \"" + CertificateFacts.ID + "\"} instead");
            }
        }
        properties.only(Set.of("CertificateId", "Status"));
        Node id = properties.required("CertificateId");
        if (!(ExpressionForm.text(id) instanceof Expression.Ref(JsonPlace _, String name)
                && name.equals(CertificateFacts.ID))) {
            throw new Unfit(
                    id.place(),
                    "A template is applied to the certificate that the device was given, and to no other",
                    "Write {\"Ref\": \"" + CertificateFacts.ID + "\"}");
        }
        return property(properties.optional("Status"));
    }

    private static Overrides overrides(Node.Members thing, Node.Members certificate) throws Unfit {
        Node.Members ofThing = settings(thing);
        Node.Members ofCertificate = settings(certificate).only(Set.of("Status"));
        ofThing.only(Set.of(
                "AttributePayload",
                "ATTRIBUTE_PAYLOAD",
                "ThingTypeName",
                "THING_TYPE_NAME",
                "ThingGroups",
                "THING_GROUPS"));
        return new Overrides(
                action(spelled(ofThing, "AttributePayload", "ATTRIBUTE_PAYLOAD"), true),
                action(spelled(ofThing, "ThingTypeName", "THING_TYPE_NAME"), false),
                action(spelled(ofThing, "ThingGroups", "THING_GROUPS"), true),
                action(ofCertificate.optional("Status"), false));
    }

    private static Node.Members settings(Node.Members resource) throws Unfit {
        Optional<Node> settings = resource.optional("OverrideSettings");
        return settings.isEmpty()
                ? new Node.Members(resource.place(), Map.of())
                : settings.get().object();
    }

    private static Optional<Node> spelled(Node.Members settings, String one, String other) throws Unfit {
        Optional<Node> first = settings.optional(one);
        Optional<Node> second = settings.optional(other);
        if (first.isPresent() && second.isPresent()) {
            throw new Unfit(second.get().place(), "This is set twice, in both spellings", "Remove one of the two");
        }
        return first.or(() -> second);
    }

    private static Optional<Overrides.Action> action(Optional<Node> setting, boolean merges) throws Unfit {
        if (setting.isEmpty()) {
            return Optional.empty();
        }
        String written = setting.get().text();
        return Optional.of(Arrays.stream(Overrides.Action.values())
                .filter(action -> action.name().equals(written))
                .filter(action -> merges || action != Overrides.Action.MERGE)
                .findFirst()
                .orElseThrow(() -> new Unfit(
                        setting.get().place(),
                        "This cannot be done here",
                        "Write DO_NOTHING, REPLACE" + (merges ? ", FAIL or MERGE" : " or FAIL"))));
    }

    /// Names and values of a flat object.
    static Map<String, Property> properties(Optional<Node> node) throws Unfit {
        Map<String, Property> properties = new LinkedHashMap<>();
        if (node.isPresent()) {
            for (Map.Entry<String, Node> member : node.get().object().members().entrySet()) {
                properties.put(member.getKey(), property(member.getValue()));
            }
        }
        return properties;
    }

    private static Optional<Property> property(Optional<Node> node) throws Unfit {
        return node.isEmpty() ? Optional.empty() : Optional.of(property(node.get()));
    }

    private static Property property(Node node) throws Unfit {
        return new Property(node.place(), ExpressionForm.text(node));
    }
}
