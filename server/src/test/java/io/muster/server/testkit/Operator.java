package io.muster.server.testkit;

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

/// An operator on the machine of an installation, who types `muster … --data DIR`.
public final class Operator {

    private final Path data;
    private final ObjectMapper json = new ObjectMapper();

    public Operator(Path data) {
        this.data = data;
    }

    /// What a command said, and how it ended.
    public record Said(int code, String out, String err) {}

    /// Types a command that may fail.
    public Said tries(String... words) {
        return elsewhere(
                Map.of(),
                Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
                        .toArray(String[]::new));
    }

    /// Types a command on any machine, with an environment.
    public static Said elsewhere(Map<String, String> environment, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err), StandardCharsets.UTF_8, environment);
        return new Said(code, out.toString(), err.toString());
    }

    /// Types a command that must succeed, and reads its output.
    public String types(String... words) {
        Said said = tries(words);
        if (said.code() != 0) {
            throw new AssertionError("muster " + String.join(" ", words) + " failed: " + said.err());
        }
        return said.out();
    }

    /// Types a command that must succeed, and reads its output as JSON.
    public JsonNode asks(String... words) {
        String out =
                types(Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new));
        try {
            return json.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("muster " + String.join(" ", words) + " printed no JSON: " + out, e);
        }
    }
}
