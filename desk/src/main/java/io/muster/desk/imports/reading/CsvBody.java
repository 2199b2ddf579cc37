package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes of a line's fields the enrollment that the admin API would take.
final class CsvBody {

    private static final Map<Column, String> PLAIN = Map.of(
            Column.NAME, "name",
            Column.REPROVISION, "reprovision",
            Column.KEY_CHANGE, "keyChange",
            Column.DEVICE_ID_TEMPLATE, "deviceIdTemplate",
            Column.TYPE, "type");

    private static final List<Column> SYMMETRIC = List.of(Column.PRIMARY_KEY, Column.SECONDARY_KEY);
    private static final List<Column> X509 = List.of(Column.CERTIFICATE, Column.SECONDARY_CERTIFICATE);
    private static final List<Column> TPM = List.of(Column.ENDORSEMENT_KEY);

    private final StrictJson json;

    CsvBody(StrictJson json) {
        this.json = json;
    }

    /// @param values those that are not empty
    Item item(long line, Map<Column, String> values) {
        Optional<Column> formula = values.entrySet().stream()
                .filter(one -> one.getValue().startsWith("=") || one.getValue().startsWith("@"))
                .map(Map.Entry::getKey)
                .findFirst();
        if (formula.isPresent()) {
            return Item.bad(
                    line,
                    formula.get().title(),
                    "The field begins as a formula of a spreadsheet does; formulas are not computed here.",
                    "Export the values instead of the formulas.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("kind", "individual");
        Optional.ofNullable(values.get(Column.REGISTRATION_ID)).ifPresent(id -> body.put("registrationId", id));
        PLAIN.forEach(
                (column, field) -> Optional.ofNullable(values.get(column)).ifPresent(value -> body.put(field, value)));
        Optional.ofNullable(values.get(Column.PROFILE))
                .ifPresent(profile -> body.putObject("certificates").put("profile", profile));
        allocation(values, body);
        return proof(line, values, body)
                .or(() -> enabled(line, values, body))
                .or(() -> payload(line, values, body))
                .orElseGet(() -> Item.of(line, body));
    }

    /// One hub is where the device goes; several, or none, are spread over.
    private static void allocation(Map<Column, String> values, ObjectNode body) {
        String hubs = values.getOrDefault(Column.HUBS, "");
        List<String> names = Arrays.stream(hubs.split("[;\\s]+"))
                .filter(hub -> !hub.isEmpty())
                .toList();
        ObjectNode allocation = body.putObject("allocation")
                .put("policy", values.getOrDefault(Column.ALLOCATION, names.size() == 1 ? "static" : "hashed"));
        var list = allocation.putArray("hubs");
        names.forEach(list::add);
    }

    private static Optional<Item> proof(long line, Map<Column, String> values, ObjectNode body) {
        List<String> filled = List.of(SYMMETRIC, X509, TPM).stream()
                .filter(columns -> columns.stream().anyMatch(values::containsKey))
                .map(CsvBody::kind)
                .toList();
        String kind = values.getOrDefault(Column.ATTESTATION, filled.isEmpty() ? "" : filled.getFirst());
        if (filled.size() > 1 || (!filled.isEmpty() && !filled.getFirst().equals(kind))) {
            return Optional.of(Item.bad(
                    line,
                    Column.ATTESTATION.title(),
                    "The line has fields of more than one kind of attestation.",
                    "Fill in the fields of one kind: " + ways()));
        }
        ObjectNode proof = body.putObject("proof");
        switch (kind) {
            case "symmetricKey" -> put(values, SYMMETRIC, proof.putObject("symmetricKey"), false);
            case "x509" -> {
                ObjectNode pinned = proof.putObject("x509Pinned");
                Optional.ofNullable(values.get(Column.CERTIFICATE)).ifPresent(it -> pinned.put("primary", Pem.of(it)));
                Optional.ofNullable(values.get(Column.SECONDARY_CERTIFICATE))
                        .ifPresent(it -> pinned.put("secondary", Pem.of(it)));
            }
            case "tpm" -> put(values, TPM, proof.putObject("tpm"), true);
            default -> {
                return Optional.of(Item.bad(
                        line,
                        Column.ATTESTATION.title(),
                        kind.isEmpty()
                                ? "The line says nothing of how the device proves itself."
                                : "This kind of attestation is not known.",
                        "Fill in the fields of one kind: " + ways()));
            }
        }
        return Optional.empty();
    }

    private static void put(Map<Column, String> values, List<Column> columns, ObjectNode to, boolean needed) {
        columns.forEach(column -> Optional.ofNullable(values.get(column))
                .or(() -> needed ? Optional.of("") : Optional.empty())
                .ifPresent(value -> to.put(column.title(), value)));
    }

    private static String kind(List<Column> columns) {
        return switch (columns.getFirst()) {
            case PRIMARY_KEY -> "symmetricKey";
            case CERTIFICATE -> "x509";
            default -> "tpm";
        };
    }

    private static String ways() {
        return "symmetricKey (primaryKey, secondaryKey), x509 (certificate, secondaryCertificate) or tpm"
                + " (endorsementKey).";
    }

    private static Optional<Item> enabled(long line, Map<Column, String> values, ObjectNode body) {
        switch (values.getOrDefault(Column.ENABLED, "true")) {
            case "true", "TRUE" -> body.put("enabled", true);
            case "false", "FALSE" -> body.put("enabled", false);
            default -> {
                return Optional.of(Item.bad(
                        line, Column.ENABLED.title(), "The field is neither true nor false.", "Write true or false."));
            }
        }
        return Optional.empty();
    }

    private Optional<Item> payload(long line, Map<Column, String> values, ObjectNode body) {
        String payload = values.get(Column.PAYLOAD);
        if (payload == null) {
            return Optional.empty();
        }
        return switch (json.read(payload.getBytes(StandardCharsets.UTF_8))) {
            case StrictJson.Reading.Document(ObjectNode object) -> {
                body.set("payload", object);
                yield Optional.empty();
            }
            case StrictJson.Reading.Document ignored -> Optional.of(noObject(line));
            case StrictJson.Reading.Unreadable ignored -> Optional.of(noObject(line));
        };
    }

    private static Item noObject(long line) {
        return Item.bad(
                line,
                Column.PAYLOAD.title(),
                "The field is not a JSON object.",
                "Write an object, and each of its quotation marks twice: \"{\"\"interval\"\":60}\"");
    }
}
