package io.muster.desk.imports.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects of a file that holds JSON documents one after the other, as the outputs of several commands make one:
/// an object, the elements of an array, and those of an array that stands in an object under a name of its own.
final class JsonElements {

    private static final int MAX_DEPTH = 32;

    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /// @param under the name of the array in which it stands; empty where it stands by itself
    record Element(long line, String under, ObjectNode object) {}

    private final StrictText text;
    private final JsonParser parser;
    private final Set<String> lists;
    private @Nullable ObjectNode outer;
    private long outerLine;
    private String under = "";

    /// @param lists names of arrays whose elements are what is wanted
    JsonElements(InputStream file, Set<String> lists) throws IOException {
        this.text = new StrictText(file);
        this.parser = JSON.createParser(text);
        this.lists = Set.copyOf(lists);
    }

    /// The next object; empty after the last.
    Optional<Element> next() throws IOException {
        try {
            while (true) {
                if (outer == null || !under.isEmpty()) {
                    text.record();
                }
                Step step = step();
                if (step.end()) {
                    return Optional.empty();
                }
                if (step.element().isPresent()) {
                    return step.element();
                }
            }
        } catch (JsonProcessingException e) {
            throw new Unreadable(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    "From here on this is not JSON, repeats a name in an object, or nests deeper than " + MAX_DEPTH
                            + " levels.",
                    "Send what the commands printed with -o json, one output after the other.");
        }
    }

    private record Step(boolean end, Optional<Element> element) {
        static final Step ON = new Step(false, Optional.empty());
        static final Step END = new Step(true, Optional.empty());

        static Step at(Element element) {
            return new Step(false, Optional.of(element));
        }
    }

    private Step step() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return Step.END;
        }
        long line = parser.currentTokenLocation().getLineNr();
        ObjectNode holder = outer;
        return switch (token) {
            case START_OBJECT ->
                under.isEmpty()
                                && holder == null
                                && parser.getParsingContext().getParent() != null
                                && parser.getParsingContext().getParent().inRoot()
                        ? open(line)
                        : Step.at(new Element(line, under, JSON.readTree(parser)));
            case FIELD_NAME -> holder == null ? Step.ON : member(holder, parser.currentName());
            case END_OBJECT -> holder == null ? Step.ON : close(holder);
            case END_ARRAY -> {
                under = "";
                yield Step.ON;
            }
            case START_ARRAY -> Step.ON;
            default ->
                throw new Unreadable(
                        line,
                        "Here stands a value that is no object.",
                        "Send what the commands" + " printed with -o json, one output after the other.");
        };
    }

    private Step open(long line) {
        outer = JsonNodeFactory.instance.objectNode();
        outerLine = line;
        return Step.ON;
    }

    private Step member(ObjectNode holder, String name) throws IOException {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_ARRAY && lists.contains(name)) {
            under = name;
            return Step.ON;
        }
        JsonNode tree = JSON.readTree(parser);
        holder.set(name, tree);
        return Step.ON;
    }

    private Step close(ObjectNode holder) {
        outer = null;
        return holder.isEmpty() ? Step.ON : Step.at(new Element(outerLine, "", holder));
    }
}
