package io.muster.doors.listener.forms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import io.muster.core.device.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// JSON of strangers (RFC 8259): no duplicate names, at most 32 levels, numbers that a double can hold, strings that
/// are Unicode; nothing behind the value. Numbers keep their spelling.
public final class StrictJson {

    /// Objects and arrays inside one another.
    public static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 64 * 1024;
    private static final int MAX_NAME = 1_024;
    private static final int MAX_NUMBER = 64;

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_TEXT)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /// Reads a text token by token.
    public JsonParser parser(String text) throws IOException {
        return factory.createParser(text);
    }

    /// Copies the value at which the parser stands, without insignificant white space.
    public Json copy(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = factory.createGenerator(text)) {
            copyValue(parser, copy);
        }
        return new Json(text.toString());
    }

    /// Steps over the value at which the parser stands; it is checked all the same.
    public void skip(JsonParser parser) throws IOException {
        try (JsonGenerator nowhere = factory.createGenerator(Writer.nullWriter())) {
            copyValue(parser, nowhere);
        }
    }

    /// The string at which the parser stands.
    public static String string(JsonParser parser) throws IOException {
        return unicode(parser, parser.getText());
    }

    /// The only value in a text.
    public Json single(String text) throws IOException {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "there is no value");
            }
            Json value = copy(parser);
            end(parser);
            return value;
        }
    }

    /// A field of an object that was read before.
    public Optional<Json> field(Json object, String name) throws IOException {
        try (JsonParser parser = parser(object.text())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return Optional.of(copy(parser));
                }
                skip(parser);
            }
            return Optional.empty();
        }
    }

    /// The fields of the only value in a text, an object, in the order sent.
    public Map<String, Json> fields(String text) throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, copy(parser));
            }
            end(parser);
        }
        return fields;
    }

    /// An object that was read before, without some of its fields.
    public Json without(Json object, Set<String> names) {
        return new Json(write(rest -> {
            rest.writeStartObject();
            copyFields(object, name -> !names.contains(name), rest);
            rest.writeEndObject();
        }));
    }

    /// Copies fields of an object that was read before into the object that is being written.
    public void copyFields(Json object, Predicate<String> wanted, JsonGenerator into) throws IOException {
        try (JsonParser parser = parser(object.text())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (wanted.test(name)) {
                    into.writeFieldName(name);
                    copyValue(parser, into);
                } else {
                    skip(parser);
                }
            }
        }
    }

    /// What a string that was read before says; empty for any other value.
    public Optional<String> text(Json value) throws IOException {
        try (JsonParser parser = parser(value.text())) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(string(parser)) : Optional.empty();
        }
    }

    /// Refuses anything behind the value just read.
    public static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows the value");
        }
    }

    /// Writes what `content` says, as text.
    public String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            content.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /// Something that can be written as JSON.
    public interface Content {
        void to(JsonGenerator json) throws IOException;
    }

    private static void copyValue(JsonParser parser, JsonGenerator copy) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            copyToken(parser, token, copy);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
        throw new JsonParseException(parser, "the value does not end");
    }

    private static void copyToken(JsonParser parser, JsonToken token, JsonGenerator copy) throws IOException {
        switch (token) {
            case START_OBJECT -> copy.writeStartObject();
            case END_OBJECT -> copy.writeEndObject();
            case START_ARRAY -> copy.writeStartArray();
            case END_ARRAY -> copy.writeEndArray();
            case FIELD_NAME -> copy.writeFieldName(unicode(parser, parser.currentName()));
            case VALUE_STRING -> copy.writeString(unicode(parser, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copy.writeNumber(number(parser));
            case VALUE_TRUE -> copy.writeBoolean(true);
            case VALUE_FALSE -> copy.writeBoolean(false);
            case VALUE_NULL -> copy.writeNull();
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> throw new JsonParseException(parser, "not JSON text");
        }
    }

    private static String number(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (Double.isInfinite(Double.parseDouble(text))) {
            throw new JsonParseException(parser, "a number is larger than a double can hold");
        }
        return text;
    }

    /// A lone surrogate is no character: it would not survive UTF-8.
    private static String unicode(JsonParser parser, String text) throws IOException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new JsonParseException(parser, "a string is not Unicode");
        }
        return text;
    }
}
