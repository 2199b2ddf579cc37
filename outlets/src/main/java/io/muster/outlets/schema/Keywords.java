package io.muster.outlets.schema;

import java.util.Set;

/// The keywords of JSON Schema 2020-12 that are taken, by what stands behind them. A keyword that is not known would be
/// passed over without a word; one that leads elsewhere (`$id`, `$dynamicRef`) could lead without end.
final class Keywords {

    static final String REFERENCE = "$ref";
    static final String DIALECT = "$schema";
    static final String DIALECT_2020_12 = "https://json-schema.org/draft/2020-12/schema";

    static final Set<String> SCHEMA = Set.of(
            "additionalProperties",
            "contains",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    static final Set<String> SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    static final Set<String> NAMED_SCHEMAS = Set.of("$defs", "dependentSchemas", "patternProperties", "properties");

    static final Set<String> VALUES = Set.of(
            "$comment",
            "const",
            "default",
            "dependentRequired",
            "deprecated",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "readOnly",
            "required",
            "title",
            "type",
            "uniqueItems",
            "writeOnly");

    /// Those that are checked; a format that is not would be a promise that nobody keeps.
    static final Set<String> FORMATS = Set.of("date", "date-time", "ipv4", "ipv6", "time", "uri", "uuid");

    private Keywords() {}
}
