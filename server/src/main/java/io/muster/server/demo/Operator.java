package io.muster.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Types commands as an operator would, against the installation of a data directory.
final class Operator {

    private final Path data;
    private final ObjectMapper json = new ObjectMapper();

    Operator(Path data) {
        this.data = data;
    }

    /// The command's output. Throws with its complaint when it fails.
    String types(String... words) {
        String[] command = Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(command, new PrintWriter(out), new PrintWriter(err), StandardCharsets.UTF_8, Map.of());
        if (code != 0) {
            throw new IllegalStateException("muster " + String.join(" ", words) + " failed: "
                    + err.toString().strip());
        }
        return out.toString().strip();
    }

    /// The output of a command as JSON.
    JsonNode asks(String... words) {
        String[] command =
                Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new);
        try {
            return json.readTree(types(command));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("muster " + String.join(" ", words) + " printed no JSON", e);
        }
    }
}
