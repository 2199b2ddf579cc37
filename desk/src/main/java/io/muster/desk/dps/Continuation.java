package io.muster.desk.dps;

import io.muster.core.device.Name;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Where the next page of a query begins. It is good for the very query that it came from, in the same tenant.
final class Continuation {

    static final int MOST_ITEMS = 1_000;
    private static final int USUAL_ITEMS = 100;
    private static final int BOUND_BYTES = 16;
    private static final int LONGEST = 2_000;

    private final byte[] bound;

    private Continuation(byte[] bound) {
        this.bound = bound;
    }

    /// @param collection what is queried
    /// @param query      as it came
    static Continuation of(Name tenant, String collection, String query) {
        try {
            byte[] all = (tenant + "\n" + collection + "\n" + query).getBytes(StandardCharsets.UTF_8);
            return new Continuation(
                    Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(all), BOUND_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String show(String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(BOUND_BYTES + text.length)
                        .put(bound)
                        .put(text)
                        .array());
    }

    /// The place that a call asks for; empty for the first page.
    Form<Optional<String>> read(Call call) {
        Optional<String> shown = call.header(Call.CONTINUATION).filter(text -> !text.isEmpty());
        return shown.isEmpty() ? Form.of(Optional.empty()) : place(shown.get());
    }

    private Form<Optional<String>> place(String shown) {
        byte[] bytes = decoded(shown);
        return bytes.length > BOUND_BYTES && Arrays.equals(bytes, 0, BOUND_BYTES, bound, 0, BOUND_BYTES)
                ? Form.of(
                        Optional.of(new String(bytes, BOUND_BYTES, bytes.length - BOUND_BYTES, StandardCharsets.UTF_8)))
                : malformed();
    }

    static <T> Form<T> malformed() {
        return Form.faulty(
                Call.CONTINUATION,
                "The continuation is not of this query.",
                "Send back, with the same query, what came with the page before; or begin without one.");
    }

    private static byte[] decoded(String shown) {
        try {
            return shown.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(shown);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /// How many items a page may have.
    static Form<Integer> limit(Call call) {
        String text = call.header(Call.MAX_ITEMS).orElse("");
        if (text.isEmpty()) {
            return Form.of(USUAL_ITEMS);
        }
        boolean number = text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0;
        return number
                ? Form.of(Math.min(MOST_ITEMS, Integer.parseInt(text)))
                : Form.faulty(
                        Call.MAX_ITEMS,
                        "The number of items of a page is not one.",
                        "Send 1 to " + MOST_ITEMS + ", or leave it out.");
    }
}
