package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Json;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.FactTerms;
import io.muster.desk.exchange.Form;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads what an enrollment makes of what its devices say of themselves. What the body does not name stays.
final class FactsForm {

    private static final String SCHEMA = "factsSchema";
    private static final String SET = "setFacts";
    private static final int MOST_SET_BYTES = 8 * 1024;

    private final FactsReader reader;

    FactsForm(FactsReader reader) {
        this.reader = reader;
    }

    Form<FactTerms> read(FactTerms present, JsonNode body) {
        return schema(present.schema(), body)
                .then(schema -> set(present.set(), body).map(set -> new FactTerms(schema, set)));
    }

    private Form<Optional<Json>> schema(Optional<Json> present, JsonNode body) {
        return named(present, body.path(SCHEMA)).then(schema -> schema.flatMap(reader::flaw)
                .<Form<Optional<Json>>>map(
                        fault -> Form.faulty("/" + SCHEMA + fault.place(), fault.what(), fault.remedy()))
                .orElseGet(() -> Form.of(schema)));
    }

    private static Form<Optional<Json>> set(Optional<Json> present, JsonNode body) {
        return named(present, body.path(SET)).then(set -> {
            int bytes = set.map(it -> it.text().getBytes(StandardCharsets.UTF_8).length)
                    .orElse(0);
            return bytes <= MOST_SET_BYTES
                    ? Form.of(set)
                    : Form.faulty(
                            "/" + SET,
                            "The facts that are set have " + bytes + " bytes; at most " + MOST_SET_BYTES
                                    + " are taken.",
                            "Set fewer.");
        });
    }

    /// The contract lets only objects pass, and null for none.
    private static Form<Optional<Json>> named(Optional<Json> present, JsonNode value) {
        return Form.of(
                value.isMissingNode()
                        ? present
                        : Optional.of(value).filter(it -> !it.isNull()).map(it -> new Json(it.toString())));
    }
}
