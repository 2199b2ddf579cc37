package io.muster.outlets.aws;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.muster.core.device.JsonPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON as an operator writes it (RFC 8259): no duplicate names, bounded, strings that are Unicode, nothing behind the
/// value.
///
/// @param maxLength in characters; a longer text is refused before anything is parsed
record StrictText(JsonFactory factory, int maxLength) {

    /// Objects and lists inside one another. Sixteen functions need three levels each.
    static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER = 64;

    StrictText(int maxLength) {
        this(
                JsonFactory.builder()
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH + 1)
                                .maxDocumentLength(maxLength)
                                .maxStringLength(maxLength)
                                .maxNameLength(maxLength)
                                .maxNumberLength(MAX_NUMBER)
                                .build())
                        .build(),
                maxLength);
    }

    Node read(String text) throws Unfit {
        if (text.length() > maxLength) {
            throw new Unfit(
                    JsonPlace.WHOLE,
                    "The text has " + text.length() + " characters; at most " + maxLength + " are read",
                    "Make it shorter, for example by leaving white space out");
        }
        try (JsonParser parser = factory.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static Node whole(JsonParser parser) throws IOException, Unfit {
        try {
            if (parser.nextToken() == null) {
                throw new Unfit(JsonPlace.WHOLE, "The text is empty", "Write a JSON object");
            }
            Node value = value(parser, JsonPlace.WHOLE, 1);
            if (parser.nextToken() != null) {
                throw new Unfit(JsonPlace.WHOLE, "Something follows the JSON value", "Remove it");
            }
            return value;
        } catch (JacksonException e) {
            throw new Unfit(
                    new JsonPlace(parser.getParsingContext().pathAsPointer().toString()),
                    "The text is not JSON" + where(e),
                    "Check commas, quotes and brackets; names are quoted and numbers short");
        }
    }

    private static Node value(JsonParser parser, JsonPlace place, int depth) throws IOException, Unfit {
        if (depth > MAX_DEPTH && parser.currentToken().isStructStart()) {
            throw new Unfit(
                    place, "Objects and lists stand more than " + MAX_DEPTH + " deep in one another", "Take it apart");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, place, depth);
            case START_ARRAY -> items(parser, place, depth);
            case VALUE_STRING -> new Node.Text(place, unicode(place, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(place, parser.getText());
            case VALUE_NULL -> new Node.Nothing(place);
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a parser of text has no such token here");
        };
    }

    private static Node members(JsonParser parser, JsonPlace place, int depth) throws IOException, Unfit {
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = unicode(place, parser.currentName());
            JsonPlace inside = place.member(name);
            if (members.containsKey(name)) {
                throw new Unfit(inside, "This member stands here twice", "Remove one of the two");
            }
            parser.nextToken();
            members.put(name, value(parser, inside, depth + 1));
        }
        return new Node.Members(place, members);
    }

    private static Node items(JsonParser parser, JsonPlace place, int depth) throws IOException, Unfit {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, place.item(items.size()), depth + 1));
        }
        return new Node.Items(place, items);
    }

    /// A lone surrogate is no character: it would not survive UTF-8.
    private static String unicode(JsonPlace place, String text) throws Unfit {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Unfit(place, "A string is not Unicode", "Remove the half of a character");
        }
        return text;
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
