package io.muster.desk.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.FactName;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Treatment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Holds an enrollment of a file against the contract's NewEnrollment, as the desk does with a request's body: what
/// it lets through, the forms can read.
final class Shape {

    /// What a field must be, in words; empty where it is.
    private interface Rule extends Function<JsonNode, Optional<Flaw>> {}

    /// @param at below the field
    private record Flaw(String at, String must) {}

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DURATION =
            Pattern.compile("P(?=[0-9T])([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,7}M)?([0-9]{1,9}S)?)?");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Fa-f]{64}");

    private static final Rule NAME =
            text("a name: " + Name.RULE, text -> Name.parse(text).isPresent());
    private static final Rule FLAG = is("true or false", JsonNode::isBoolean);
    private static final Rule TEXT = is(
            "a text that is not empty",
            node -> node.isTextual() && !node.textValue().isEmpty());
    private static final Rule SPAN = text(
            "a time span such as P30D or PT12H", text -> DURATION.matcher(text).matches());
    private static final Rule NULLABLE_SPAN = or(JsonNode::isNull, SPAN);

    private static final Rule ALLOCATION = object(
            Map.of("policy", oneOf("hashed", "static", "custom"), "hubs", array(256, NAME), "hook", TEXT),
            Set.of("policy", "hubs"));

    private static final Rule TERMS = object(
            Map.of(
                    "profile", NAME,
                    "renewAfter", NULLABLE_SPAN,
                    "grace", SPAN,
                    "rekey", FLAG,
                    "subjectChange", FLAG),
            Set.of());

    private static final Rule TPM = object(
            Map.of(
                    "manufacturers",
                    TEXT,
                    "allowed",
                    array(100_000, text("64 hexadecimal digits", text -> FINGERPRINT
                            .matcher(text)
                            .matches())),
                    "revocations",
                    is("a text", JsonNode::isTextual),
                    "endorsementKey",
                    TEXT),
            Set.of());

    private static final Rule PROOF = one(object(
            Map.of(
                    "x509", some(object(Map.of("caCertificates", TEXT, "anchors", array(16, NAME)), Set.of())),
                    "x509Pinned", object(Map.of("primary", TEXT, "secondary", TEXT), Set.of("primary")),
                    "symmetricKey", object(Map.of("primaryKey", TEXT, "secondaryKey", TEXT), Set.of()),
                    "oneTimeTokens", object(Map.of(), Set.of()),
                    "tpm", TPM),
            Set.of()));

    private static final Rule ENROLLMENT = object(
            Map.ofEntries(
                    Map.entry("name", NAME),
                    Map.entry("kind", oneOf("group", "individual")),
                    Map.entry(
                            "registrationId",
                            text(
                                    "1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', not ending in a dot",
                                    id -> RegistrationId.parse(id).isPresent())),
                    Map.entry("proof", PROOF),
                    Map.entry("allocation", ALLOCATION),
                    Map.entry("reprovision", oneOf("keep", "migrate", "reset")),
                    Map.entry("keyChange", oneOf("refuse", "allow")),
                    Map.entry(
                            "deviceIdTemplate",
                            text("1 to 128 characters", text -> !text.isEmpty() && text.length() <= 128)),
                    Map.entry(
                            "type",
                            text(
                                    "1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or a digit",
                                    text -> TYPE.matcher(text).matches())),
                    Map.entry("payload", is("a JSON object", JsonNode::isObject)),
                    Map.entry("searchable", array(Treatment.MAX_SEARCHABLE, text(FactName.RULE, text -> FactName.parse(
                                    text)
                            .isPresent()))),
                    Map.entry("factsSchema", is("a JSON object", JsonNode::isObject)),
                    Map.entry("setFacts", is("a JSON object", JsonNode::isObject)),
                    Map.entry("certificates", TERMS),
                    Map.entry("enabled", FLAG)),
            Set.of("name", "kind", "proof", "allocation"));

    private Shape() {}

    /// Where it breaks the contract first; empty where it keeps it.
    static Optional<Finding> breach(long line, JsonNode body) {
        return ENROLLMENT
                .apply(body)
                .map(flaw -> new Finding(
                        true,
                        line,
                        flaw.at(),
                        "It must be " + flaw.must() + ".",
                        "Compare it with NewEnrollment in the contract at /openapi.yaml, or with the columns in"
                                + " docs/import.md."));
    }

    private static Rule is(String must, Predicate<JsonNode> holds) {
        return node -> holds.test(node) ? Optional.empty() : Optional.of(new Flaw("", must));
    }

    private static Rule text(String must, Predicate<String> holds) {
        return is(must, node -> node.isTextual() && holds.test(node.textValue()));
    }

    private static Rule oneOf(String... words) {
        Set<String> known = Set.of(words);
        return text("one of " + String.join(", ", words), known::contains);
    }

    private static Rule or(Predicate<JsonNode> holds, Rule other) {
        return node -> holds.test(node) ? Optional.empty() : other.apply(node);
    }

    private static Rule array(int most, Rule each) {
        return node -> {
            if (!node.isArray() || node.size() > most) {
                return Optional.of(new Flaw("", "a list of at most " + most));
            }
            for (int i = 0; i < node.size(); i++) {
                Optional<Flaw> flaw = below("/" + i, each.apply(node.get(i)));
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return Optional.empty();
        };
    }

    /// Exactly one member.
    private static Rule one(Rule object) {
        return node -> node.isObject() && node.size() != 1
                ? Optional.of(new Flaw("", "an object with exactly one way to prove itself"))
                : object.apply(node);
    }

    private static Rule some(Rule object) {
        return node -> node.isObject() && node.isEmpty()
                ? Optional.of(new Flaw("", "an object with at least one of its fields"))
                : object.apply(node);
    }

    private static Rule object(Map<String, Rule> fields, Set<String> needed) {
        return node -> {
            if (!node.isObject()) {
                return Optional.of(new Flaw("", "an object"));
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                Rule rule = fields.get(field.getKey());
                Optional<Flaw> flaw = rule == null
                        ? Optional.of(new Flaw(
                                "",
                                "without fields that are not known; it has one that is not of "
                                        + String.join(
                                                ", ",
                                                fields.keySet().stream()
                                                        .sorted()
                                                        .toList())))
                        : below("/" + field.getKey(), rule.apply(field.getValue()));
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return needed.stream()
                    .filter(name -> !node.has(name))
                    .sorted()
                    .findFirst()
                    .map(name -> new Flaw("/" + name, "there"));
        };
    }

    private static Optional<Flaw> below(String at, Optional<Flaw> flaw) {
        return flaw.map(it -> new Flaw(at + it.at(), it.must()));
    }
}
