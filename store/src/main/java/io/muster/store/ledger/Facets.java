package io.muster.store.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.core.device.Fact;
import io.muster.core.device.FactName;
import io.muster.core.device.Json;
import io.muster.store.sealing.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// By what a device is found among all that it says of itself: single values under the names that its enrollment
/// declares searchable, as blind indexes.
final class Facets {

    private static final JsonFactory JSON = new JsonFactory();

    private final Ids ids;

    Facets(Ids ids) {
        this.ids = ids;
    }

    List<Octets> of(int tenant, List<FactName> searchable, Optional<Json> payload) {
        return searchable.isEmpty()
                ? List.of()
                : payload.stream()
                        .flatMap(said -> facts(searchable, said).stream())
                        .map(fact -> of(tenant, fact))
                        .toList();
    }

    Octets of(int tenant, Fact fact) {
        return ids.fact(tenant, fact);
    }

    /// The text of the payload was checked at the wall.
    private static List<Fact> facts(List<FactName> searchable, Json payload) {
        Set<String> wanted = searchable.stream().map(FactName::pointer).collect(Collectors.toSet());
        List<Fact> facts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(payload.text())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String at = parser.getParsingContext().pathAsPointer().toString();
                if (isValue(token) && wanted.contains(at) && fits(parser.getText())) {
                    facts.add(new Fact(new FactName(at), parser.getText()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("A payload that was checked at the wall is not JSON", e);
        }
        return facts;
    }

    private static boolean isValue(JsonToken token) {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }

    private static boolean fits(String value) {
        return !value.isEmpty() && value.length() <= Fact.MAX_VALUE;
    }
}
