package io.muster.doors.hub;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a device says beside the payload, at the end of the topic: `name=value` joined by `&`, both percent-encoded
/// (RFC 3986 section 2.1, UTF-8; a plus stays a plus). System properties begin with `$.`.
///
/// @param properties as the device names them, decoded
/// @param created    when it says that it made the message
record PropertyBag(Map<String, String> properties, Optional<Instant> created) {

    static final PropertyBag EMPTY = new PropertyBag(Map.of(), Optional.empty());

    static final int MAX_PROPERTIES = 100;

    private static final String CREATED = "$.ctime";
    private static final String CREATED_IN_WORDS = "iothub-creation-time-utc";

    PropertyBag {
        properties = Map.copyOf(properties);
    }

    /// Empty when it cannot be read, says a name twice, or says too much.
    static Optional<PropertyBag> parse(String text) {
        // Some SDKs end the topic with a slash.
        String bag = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (bag.isEmpty()) {
            return Optional.of(EMPTY);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (String part : bag.split("&", MAX_PROPERTIES + 1)) {
            int equals = part.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : part.substring(equals + 1));
            if (name.filter(it -> !it.isEmpty()).isEmpty()
                    || value.isEmpty()
                    || properties.size() == MAX_PROPERTIES
                    || properties.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PropertyBag(properties, created(properties)));
    }

    /// A time that cannot be read stays among the properties, and is nothing more.
    private static Optional<Instant> created(Map<String, String> properties) {
        String text = properties.getOrDefault(CREATED, properties.getOrDefault(CREATED_IN_WORDS, ""));
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> decoded(String text) {
        ByteBuffer octets = ByteBuffer.allocate(text.length() * 3);
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c == '/' || c == 0) {
                return Optional.empty();
            } else if (c != '%') {
                octets.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(c);
            } else if (at + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(at + 1))
                    && HexFormat.isHexDigit(text.charAt(at + 2))) {
                octets.put((byte) HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 3;
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// Speaks of a device: it is not printed.
    @Override
    public String toString() {
        return "a bag of " + properties.size() + " properties";
    }
}
