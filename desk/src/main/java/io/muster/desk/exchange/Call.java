package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// A request that kept the contract.
///
/// @param body missing where the operation takes none
public record Call(Map<String, String> path, Map<String, String> query, JsonNode body) {

    /// Where a list's page ends when the caller does not say.
    public static final int USUAL_LIMIT = 100;

    public Call {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    public static Call withoutBody(Map<String, String> path, Map<String, String> query) {
        return new Call(path, query, MissingNode.getInstance());
    }

    /// A part of the path; the contract requires each.
    public String named(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("The contract names no path parameter " + name);
        }
        return value;
    }

    public Optional<String> asked(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// The contract's integers are JSON's: `1e2` is one.
    public int limit() {
        return asked("limit").map(text -> new BigDecimal(text).intValueExact()).orElse(USUAL_LIMIT);
    }
}
