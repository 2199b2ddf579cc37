package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Pages of a list, as the contract shows them.
public final class Pages {

    private Pages() {}

    /// @param next where the next page begins; empty after the last
    public static <T> Reply of(List<T> items, Optional<String> next, Function<T, ObjectNode> json) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        var list = page.putArray("items");
        items.forEach(item -> list.add(json.apply(item)));
        next.ifPresent(place -> page.put("next", Cursor.show(place)));
        return Reply.ok(page);
    }

    /// Cuts a page out of what follows the cursor. `rest` holds one item more than the page where there is a next page.
    public static <T> Reply cut(List<T> rest, int limit, Function<T, String> place, Function<T, ObjectNode> json) {
        List<T> items = rest.subList(0, Math.min(limit, rest.size()));
        Optional<String> next = rest.size() > limit ? Optional.of(place.apply(items.getLast())) : Optional.empty();
        return of(items, next, json);
    }
}
