package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.access.Principal;
import io.muster.core.access.Warrant;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// A request that kept the contract.
///
/// @param body missing where the operation takes none
public record Call(Caller caller, Map<String, String> path, Map<String, String> query, JsonNode body) {

    /// Where a list's page ends when the caller does not say.
    public static final int USUAL_LIMIT = 100;

    public Call {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    /// Who asks. The gate lets nobody else come to an operation that takes a permission.
    public Principal principal() {
        return caller.principal().orElseThrow();
    }

    /// On whose word this call writes.
    public Warrant warrant() {
        return new Warrant(principal().id(), caller.address(), caller.request(), false);
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
