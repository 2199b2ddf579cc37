package io.muster.desk.wire;

import io.muster.desk.problem.Problem.Fault;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Words where a request breaks the contract: each place once, with what the contract's own description asks there.
final class Violations {

    private static final int MOST = 20;

    /// Keywords that only say that something below them is wrong.
    private static final Set<String> PATHS = Set.of("properties", "$ref", "items");

    private static final String STRANGER = "additionalProperties";
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonObject contract;

    Violations(JsonObject contract) {
        this.contract = contract;
    }

    /// @param found what the validator found; it reports the way down to each fault as well
    List<Fault> in(@Nullable OutputUnit found) {
        List<OutputUnit> units = found == null || found.getErrors() == null ? List.of() : found.getErrors();
        return units.stream()
                .filter(unit -> !PATHS.contains(keyword(unit)))
                .filter(unit -> !keyword(unit).equals(STRANGER) || strange(unit, units))
                .map(unit -> new Fault(pointer(unit), words(unit)))
                .distinct()
                .limit(MOST)
                .toList();
    }

    /// A field that is known but wrong is reported as an additional one, too: then other faults stand at or below it.
    private static boolean strange(OutputUnit unit, List<OutputUnit> all) {
        return all.stream()
                .noneMatch(other -> !keyword(other).equals(STRANGER)
                        && (pointer(other).equals(pointer(unit))
                                || pointer(other).startsWith(pointer(unit) + "/")));
    }

    private String words(OutputUnit unit) {
        return switch (keyword(unit)) {
            case STRANGER -> "The contract knows no such field.";
            case "pattern" ->
                description(unit)
                        .map(words -> "It must be: " + words)
                        .orElse("It does not have the form that the contract asks for.");
            default -> sentence(unit.getError());
        };
    }

    private Optional<String> description(OutputUnit unit) {
        String location = String.valueOf(unit.getAbsoluteKeywordLocation());
        int schema = location.indexOf(SCHEMAS);
        if (schema < 0) {
            return Optional.empty();
        }
        String name = location.substring(schema + SCHEMAS.length()).replaceFirst("/.*", "");
        JsonObject schemas = contract.getJsonObject("components").getJsonObject("schemas");
        return Optional.ofNullable(schemas.getJsonObject(name))
                .map(found -> found.getString("description"))
                .map(text -> text.strip().replaceAll("\\s+", " "));
    }

    private static String keyword(OutputUnit unit) {
        String location = String.valueOf(unit.getKeywordLocation());
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static String pointer(OutputUnit unit) {
        return String.valueOf(unit.getInstanceLocation()).replaceFirst("^#", "");
    }

    static String sentence(@Nullable String text) {
        String said = text == null || text.isBlank() ? "The request breaks the contract" : text;
        return said.endsWith(".") ? said : said + ".";
    }
}
