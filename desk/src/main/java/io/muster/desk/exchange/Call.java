package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.access.Principal;
import io.muster.core.access.Warrant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that kept the contract.
///
/// @param headers those that the contract knows, by their names here
/// @param body    missing where the operation takes none
public record Call(
        Caller caller,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        JsonNode body) {

    public static final String IF_MATCH = "If-Match";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /// Of Azure's service API: how many items a page may have, and where it begins.
    public static final String MAX_ITEMS = "x-ms-max-item-count";

    public static final String CONTINUATION = "x-ms-continuation";

    /// Headers that an operation may know.
    public static final List<String> HEADERS = List.of(IF_MATCH, IDEMPOTENCY_KEY, MAX_ITEMS, CONTINUATION);

    /// Where a list's page ends when the caller does not say.
    public static final int USUAL_LIMIT = 100;

    public Call {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// Who asks. The gate lets nobody else come to an operation that takes a permission.
    public Principal principal() {
        return caller.principal().orElseThrow();
    }

    /// On whose word this call writes.
    public Warrant warrant() {
        return new Warrant(principal().id(), caller.address(), caller.request(), dryRun());
    }

    /// A part of the path; the contract requires each.
    public String named(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("The contract names no path parameter " + name);
        }
        return value;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Everything is checked and answered as if, and nothing is written; no secret is shown that will never be one.
    public boolean dryRun() {
        return asked("dryRun").filter("true"::equals).isPresent();
    }

    public Optional<String> asked(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// The contract's integers are JSON's: `1e2` is one.
    public int limit() {
        return asked("limit").map(text -> new BigDecimal(text).intValueExact()).orElse(USUAL_LIMIT);
    }
}
