package io.muster.outlets.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/// JSON, bounded (RFC 8259): no name twice, nothing behind the value.
final class JsonText {

    private static final int MAX_DEPTH = 40;
    private static final int MAX_LENGTH = 128 * 1024;
    private static final int MAX_NUMBER = 64;

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();
    private final JsonMapper mapper = JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    JsonNode read(String text) throws JsonProcessingException {
        return mapper.readTree(text);
    }

    /// The object of `over`, in the places of whose members stand those of `under`. Numbers keep their spelling.
    String merged(String under, String over) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            Set<String> names = names(over);
            out.writeStartObject();
            copy(under, names, out);
            copy(over, Set.of(), out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON that was read before cannot be read", e);
        }
        return text.toString();
    }

    private Set<String> names(String object) throws IOException {
        Set<String> names = new HashSet<>();
        try (JsonParser parser = factory.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return names;
    }

    private void copy(String object, Set<String> without, JsonGenerator out) throws IOException {
        try (JsonParser parser = factory.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = !without.contains(parser.currentName());
                if (wanted) {
                    out.writeFieldName(parser.currentName());
                }
                parser.nextToken();
                if (wanted) {
                    copyValue(parser, out);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private static void copyValue(JsonParser parser, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                out.writeNumber(parser.getText());
            } else {
                out.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }
}
