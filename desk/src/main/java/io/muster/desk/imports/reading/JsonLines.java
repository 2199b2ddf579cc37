package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One JSON object a line, as the admin API takes an enrollment. Empty lines are passed over.
final class JsonLines implements Items {

    private static final String HOW =
            "Write each enrollment on one line, as in: {\"registrationId\":\"pump-1\",\"proof\":{\"symmetricKey\":"
                    + "{\"primaryKey\":\"…\"}}}";

    private final StrictText text;
    private final BufferedReader lines;
    private final StrictJson json;
    private long line;

    JsonLines(InputStream file, StrictJson json) {
        this.text = new StrictText(file);
        this.lines = new BufferedReader(text);
        this.json = json;
    }

    @Override
    public Optional<Item> next() throws IOException {
        for (; ; ) {
            text.record();
            String read = lines.readLine();
            if (read == null) {
                return Optional.empty();
            }
            line++;
            if (!read.isBlank()) {
                return Optional.of(item(read));
            }
        }
    }

    private Item item(String read) {
        if (read.length() > StrictText.LONGEST) {
            return Item.bad(
                    line, "", "The line is longer than " + StrictText.LONGEST / 1024 + " KiB.", "Make it shorter.");
        }
        return switch (json.read(read.getBytes(StandardCharsets.UTF_8))) {
            case StrictJson.Reading.Document(ObjectNode object) -> Item.of(line, object);
            case StrictJson.Reading.Document ignored -> Item.bad(line, "", "The line is JSON, but not an object.", HOW);
            case StrictJson.Reading.Unreadable ignored ->
                Item.bad(line, "", "The line is not JSON, repeats a key, or nests too deeply.", HOW);
        };
    }
}
