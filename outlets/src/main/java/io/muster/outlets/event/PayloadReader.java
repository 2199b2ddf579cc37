package io.muster.outlets.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.core.device.Bytes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Finds out what a device sent: JSON, other text, or neither.
public final class PayloadReader {

    private final StrictJson strict = new StrictJson();

    /// What a payload is.
    public sealed interface Payload {

        /// @param line one value (RFC 8259) as the device wrote it, on one line
        record Json(String line) implements Payload {}

        /// UTF-8 that is no JSON.
        record Text(String text) implements Payload {}

        record Octets(Bytes octets) implements Payload {}
    }

    public Payload read(Bytes payload) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(payload.view()).toString();
        } catch (CharacterCodingException _) {
            return new Payload.Octets(payload);
        }
        return text.length() <= StrictJson.LONGEST && isJson(text)
                ? new Payload.Json(onOneLine(text))
                : new Payload.Text(text);
    }

    private boolean isJson(String text) {
        boolean escapes = text.contains("\\u");
        try (JsonParser parser = strict.of(text)) {
            int depth = 0;
            JsonToken token = parser.nextToken();
            boolean unicode = token != null;
            while (token != null && unicode) {
                unicode = !escapes || token.isStructStart() || token.isStructEnd() || isUnicode(parser.getText());
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                token = parser.nextToken();
                if (depth == 0) {
                    return unicode && token == null;
                }
            }
            return false;
        } catch (JacksonException _) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /// A lone surrogate is no character: no strict reader would take it.
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /// In JSON, line feeds and carriage returns stand between tokens only.
    private static String onOneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }
}
