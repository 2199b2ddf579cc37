package io.muster.core.permission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the variables of a policy stand for on one connection.
///
/// @param sourceIp    the address that the device comes from
/// @param thing       the thing to which the certificate belongs
/// @param certificate the certificate of the connection
public record Variables(
        String clientId, Optional<String> sourceIp, Optional<Thing> thing, Optional<Certificate> certificate) {

    /// Of no connection: nothing has a value.
    static final Variables NONE = new Variables("", Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LONGEST_VALUE = 1_024;
    private static final int LONGEST_LIST = 5;
    private static final String UNSAFE = "*$+?#";

    /// The thing to which a certificate belongs.
    public record Thing(String name, Optional<String> type, Map<String, String> attributes) {
        public Thing {
            attributes = Map.copyOf(attributes);
        }
    }

    /// What a policy may ask about a certificate.
    ///
    /// @param names values by part, such as `Subject.CommonName` or `Issuer.AlternativeName.DNSName`, in
    ///     their order
    public record Certificate(String id, String serialNumber, Map<String, List<String>> names) {
        public Certificate {
            names = Map.copyOf(names);
        }
    }

    /// The one value of a variable; empty when it has none, or none that is safe to put into a policy.
    Optional<String> value(Variable variable) {
        return Optional.of(values(variable)).filter(list -> list.size() == 1).map(List::getFirst);
    }

    /// The values of a variable: none when there are none, or when one of them is not safe.
    List<String> values(Variable variable) {
        List<String> values = raw(variable).limit(LONGEST_LIST).toList();
        return values.stream().allMatch(Variables::safe) ? values : List.of();
    }

    private Stream<String> raw(Variable variable) {
        return switch (variable) {
            case Variable.ClientId _ -> Stream.of(clientId);
            case Variable.SourceIp _ -> sourceIp.stream();
            case Variable.OfThing(String _, String member) -> ofThing(member);
            case Variable.Attribute(String _, String attribute) ->
                attached().map(it -> it.attributes().get(attribute)).stream();
            case Variable.OfCertificate of -> certificate.stream().flatMap(it -> ofCertificate(it, of));
        };
    }

    private Stream<String> ofThing(String member) {
        return switch (member) {
            case "ThingName" -> attached().map(Thing::name).stream();
            case "ThingTypeName" -> attached().flatMap(Thing::type).stream();
            default -> Stream.of(Boolean.toString(attached().isPresent()));
        };
    }

    /// The thing is looked up by the client id, which must be its name to the letter.
    private Optional<Thing> attached() {
        return thing.filter(it -> it.name().equals(clientId));
    }

    private static Stream<String> ofCertificate(Certificate certificate, Variable.OfCertificate asked) {
        return switch (asked.part()) {
            case Variable.ID -> Stream.of(certificate.id());
            case "SerialNumber" -> Stream.of(certificate.serialNumber());
            case Variable.AVAILABLE_KEYS ->
                certificate.names().entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> "iot:Certificate." + entry.getKey())
                        .sorted();
            default -> {
                List<String> values = certificate.names().getOrDefault(asked.part(), List.of());
                yield asked.which() == Variable.OfCertificate.ALL
                        ? values.stream()
                        : values.stream().skip(asked.which()).limit(1);
            }
        };
    }

    /// A value with a wildcard of policies or of MQTT in it would say more than a value should. An empty one would make
    /// a pattern that nobody wrote.
    private static boolean safe(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_VALUE
                && value.chars().noneMatch(c -> UNSAFE.indexOf(c) >= 0);
    }
}
