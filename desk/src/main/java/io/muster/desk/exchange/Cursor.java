package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where the next page of a list begins, in the opaque form that callers see.
public final class Cursor {

    private Cursor() {}

    public static String show(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /// The place that a caller asks for; empty for the first page.
    public static Form<Optional<String>> read(Call call) {
        return read(call.asked("cursor"));
    }

    /// The same for a cursor that came in a body.
    public static Form<Optional<String>> read(JsonNode shown) {
        return read(shown.isMissingNode() ? Optional.empty() : Optional.of(shown.asText()));
    }

    private static Form<Optional<String>> read(Optional<String> shown) {
        if (shown.isEmpty()) {
            return Form.of(Optional.empty());
        }
        try {
            return Form.of(shown.map(text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return malformed();
        }
    }

    /// A cursor that this installation did not make.
    public static <T> Form<T> malformed() {
        return Form.faulty(
                "cursor",
                "The cursor is not one that this installation gave out.",
                "Use the \"next\" of the page before as it is, or leave the cursor out to begin anew.");
    }
}
