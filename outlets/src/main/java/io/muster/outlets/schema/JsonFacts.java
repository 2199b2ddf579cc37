package io.muster.outlets.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.FactTerms;
import io.muster.core.template.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Facts and their schemas as JSON.
public final class JsonFacts implements FactsReader {

    /// Characters of facts times the schema's cost: beyond it nothing is checked, and the facts do not fit.
    static final long MAX_WORK = 50_000_000;

    static final String TOO_MUCH = "(more than can be checked)";

    private static final int MOST_READ = 256;
    private static final int LONGEST_PLACE = 128;

    private final JsonText json = new JsonText();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .formatAssertionsEnabled(true)
                            .regularExpressionFactory(new Expressions())
                            .build()));
    private final Schema dialect = registry.getSchema(SchemaLocation.of(Keywords.DIALECT_2020_12));
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    /// @param cost of one value
    private record Read(Schema schema, long cost) {}

    @Override
    public Optional<Fault> flaw(Json schema) {
        try {
            read(schema.text());
            return Optional.empty();
        } catch (Unsound unsound) {
            return Optional.of(unsound.fault());
        }
    }

    @Override
    public Optional<Facts.Misfit> misfit(Json schema, Json facts) {
        Read wanted = known(schema);
        if (facts.text().length() * wanted.cost() > MAX_WORK) {
            return Optional.of(new Facts.Misfit("", TOO_MUCH));
        }
        try {
            List<Error> errors = wanted.schema().validate(json.read(facts.text()));
            return errors.stream().findFirst().map(JsonFacts::misfit);
        } catch (JsonProcessingException _) {
            return Optional.of(new Facts.Misfit("", TOO_MUCH));
        }
    }

    @Override
    public Json over(Optional<Json> facts, Json set) {
        return new Json(json.merged(facts.filter(Json::isObject).map(Json::text).orElse("{}"), set.text()));
    }

    private Read known(Json schema) {
        Read known = read.get(schema.text());
        if (known != null) {
            return known;
        }
        try {
            Read fresh = read(schema.text());
            if (read.size() >= MOST_READ) {
                read.clear();
            }
            read.put(schema.text(), fresh);
            return fresh;
        } catch (Unsound unsound) {
            throw new IllegalStateException("an enrollment holds a schema that is none: " + unsound.fault(), unsound);
        }
    }

    private Read read(String text) throws Unsound {
        if (text.getBytes(StandardCharsets.UTF_8).length > FactTerms.MAX_SCHEMA_BYTES) {
            throw new Unsound(
                    JsonPlace.WHOLE,
                    "The schema is larger than " + FactTerms.MAX_SCHEMA_BYTES + " bytes",
                    "Leave descriptions and white space out");
        }
        JsonNode node = parsed(text);
        if (!node.isObject()) {
            throw new Unsound(JsonPlace.WHOLE, "The schema is no object", "Write an object");
        }
        long cost = Soundness.cost(node);
        for (Error error : dialect.validate(node)) {
            throw new Unsound(
                    new JsonPlace(error.getInstanceLocation().toString()),
                    "This is not written as JSON Schema 2020-12 wants it",
                    "See what the specification says of this keyword");
        }
        Schema schema = registry.getSchema(node);
        schema.initializeValidators();
        return new Read(schema, cost);
    }

    private JsonNode parsed(String text) throws Unsound {
        try {
            return json.read(text);
        } catch (JsonProcessingException _) {
            throw new Unsound(
                    JsonPlace.WHOLE,
                    "The schema is not JSON, repeats a name, or is too deep",
                    "Check it, and take it apart with $defs");
        }
    }

    /// A name that is missing stands in the schema; any other may be the device's own.
    private static Facts.Misfit misfit(Error error) {
        String rule = error.getSchemaLocation().getFragment().toString();
        String missing = error.getKeyword().equals("required") ? " (" + error.getProperty() + ")" : "";
        return new Facts.Misfit(plain(error.getInstanceLocation().toString()), plain(rule + missing));
    }

    private static String plain(String pointer) {
        String whole = pointer.length() <= LONGEST_PLACE ? pointer : pointer.substring(0, LONGEST_PLACE) + "…";
        return whole.replaceAll("[^ -~…]", "?");
    }
}
