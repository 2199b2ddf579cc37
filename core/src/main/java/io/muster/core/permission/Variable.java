package io.muster.core.permission;

import java.util.Optional;
import java.util.Set;

/// A policy variable that has a meaning here.
public sealed interface Variable {

    /// As a policy writes it.
    String name();

    /// Whether it stands for a list.
    default boolean isList() {
        return this instanceof OfCertificate certificate
                && (certificate.which() == OfCertificate.ALL
                        || certificate.part().equals(AVAILABLE_KEYS));
    }

    /// The client id of the connection.
    record ClientId(String name) implements Variable {}

    /// The address that the device comes from.
    record SourceIp(String name) implements Variable {}

    /// `iot:Connection.Thing.…`, about the thing that is named like the client and holds the certificate.
    ///
    /// @param member `ThingName`, `ThingTypeName` or `IsAttached`
    record OfThing(String name, String member) implements Variable {}

    /// `iot:Connection.Thing.Attributes[attribute]`
    record Attribute(String name, String attribute) implements Variable {}

    /// `iot:CertificateId` and `iot:Certificate.…`
    ///
    /// @param part  such as `Subject.CommonName`
    /// @param which which of its values, counted from 0, or [#ALL]
    record OfCertificate(String name, String part, int which) implements Variable {
        static final int ALL = -1;
    }

    String ID = "Id";
    String AVAILABLE_KEYS = "AvailableKeys";

    /// The names in words, for messages that refuse another.
    String RULE = "iot:ClientId, aws:SourceIp, iot:CertificateId, iot:Connection.Thing.ThingName, .ThingTypeName,"
            + " .IsAttached and .Attributes[name], iot:Certificate.Subject and .Issuer with an attribute of a name,"
            + " iot:Certificate.SerialNumber and .AvailableKeys";

    /// Parses a name at the wall; empty when it has no meaning here.
    static Optional<Variable> parse(String name) {
        return switch (name) {
            case "iot:ClientId" -> Optional.of(new ClientId(name));
            case "aws:SourceIp" -> Optional.of(new SourceIp(name));
            case "iot:CertificateId" -> Optional.of(new OfCertificate(name, ID, 0));
            case "iot:Connection.Thing.ThingName",
                    "iot:Connection.Thing.ThingTypeName",
                    "iot:Connection.Thing.IsAttached" ->
                Optional.of(new OfThing(name, name.substring("iot:Connection.Thing.".length())));
            default -> attribute(name).or(() -> certificate(name));
        };
    }

    private static Optional<Variable> attribute(String name) {
        String before = "iot:Connection.Thing.Attributes[";
        return name.startsWith(before) && name.endsWith("]") && name.length() > before.length() + 1
                ? Optional.of(new Attribute(name, name.substring(before.length(), name.length() - 1)))
                : Optional.empty();
    }

    private static Optional<Variable> certificate(String name) {
        String before = "iot:Certificate.";
        if (!name.startsWith(before)) {
            return Optional.empty();
        }
        String part = name.substring(before.length());
        if (part.equals("SerialNumber") || part.equals(AVAILABLE_KEYS)) {
            return Optional.of(new OfCertificate(name, part, 0));
        }
        int dot = part.lastIndexOf('.');
        String last = part.substring(dot + 1);
        int which = last.equals("List") ? OfCertificate.ALL : index(last);
        String whole = which == 0 ? part : part.substring(0, dot);
        return named(whole) ? Optional.of(new OfCertificate(name, whole, which)) : Optional.empty();
    }

    /// `.1` is the second value; 0 when there is no index.
    private static int index(String text) {
        return text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9' ? text.charAt(0) - '0' : 0;
    }

    private static boolean named(String part) {
        boolean of = part.startsWith("Subject.") || part.startsWith("Issuer.");
        String attribute = part.substring(part.indexOf('.') + 1);
        return of && (Names.ATTRIBUTES.contains(attribute) || Names.ALTERNATIVE.contains(attribute));
    }

    /// The parts of a certificate's names that a policy can ask for.
    final class Names {

        static final Set<String> ATTRIBUTES = Set.of(
                "DistinguishedNameQualifier",
                "Country",
                "Organization",
                "OrganizationalUnit",
                "State",
                "CommonName",
                "SerialNumber",
                "Title",
                "Surname",
                "GivenName",
                "Initials",
                "Pseudonym",
                "GenerationQualifier");

        static final Set<String> ALTERNATIVE = Set.of(
                "AlternativeName.RFC822Name",
                "AlternativeName.DNSName",
                "AlternativeName.DirectoryName",
                "AlternativeName.UniformResourceIdentifier",
                "AlternativeName.IPAddress");

        private Names() {}
    }
}
