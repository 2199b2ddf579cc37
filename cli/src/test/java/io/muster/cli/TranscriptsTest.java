package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.testkit.ScriptedServer;
import io.muster.cli.testkit.Transcript;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every transcript against a scripted server. `DATA` stands for its data directory, `PORT` for its port.
final class TranscriptsTest {

    private static final Path TRANSCRIPTS = Path.of("src", "test", "resources", "transcripts");

    @TempDir
    private static Path data;

    private static ScriptedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new ScriptedServer(data);
        Files.writeString(data.resolve("ca.pem"), "CA of the maker\n");
        Files.writeString(data.resolve("leaf.pem"), "certificate of lab-1\n");
        Files.writeString(data.resolve("payload.json"), "{\"interval\": 60}");
        Files.writeString(data.resolve("list.json"), "[1]");
        Files.writeString(data.resolve("off.json"), "{\"enabled\": false}");
        Files.writeString(data.resolve("sample.json"), "{\"registrationId\": \"pump-7\", \"proof\": \"assumed\"}");
        Files.writeString(data.resolve("template.json"), "{\"Resources\": {}}");
        Files.writeString(data.resolve("p.json"), "{\"SerialNumber\": \"P-7\"}");
        Files.writeString(data.resolve("policy.json"), "{\"Version\": \"2012-10-17\", \"Statement\": []}");
        Files.writeString(data.resolve("makers.pem"), "CA of the chips\n");
        Files.writeString(data.resolve("ek.pem"), "key of a chip\n");
        Files.write(data.resolve("ek.pub"), new byte[] {1, 58, (byte) 0x80, (byte) 0xff});
        Files.writeString(
                data.resolve("keys.txt"),
                "# the first two\n" + "AB".repeat(32) + "  board-1\n\n" + "cd".repeat(32) + "\n" + "ab".repeat(32)
                        + "\n");
        Files.writeString(data.resolve("no-keys.txt"), "# none yet\n");
        Files.writeString(data.resolve("crls.pem"), "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
        Files.writeString(data.resolve("no-crls.pem"), "");
        Files.writeString(data.resolve("devices.csv"), "registrationId,primaryKey\n");
        Files.createDirectory(data.resolve("empty"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> every_transcript_is_true() throws IOException {
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            return files
                    .sorted()
                    .flatMap(file -> Transcript.read(file).stream()
                            .map(one ->
                                    DynamicTest.dynamicTest(file.getFileName() + ": " + one.name(), () -> isTrue(one))))
                    .toList()
                    .stream();
        }
    }

    private static void isTrue(Transcript transcript) {
        transcript.answers().forEach(answer -> {
            String[] parts = answer.split(" ", 2);
            server.willAnswer(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
        });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(
                typed(transcript.typed()), new PrintWriter(out), new PrintWriter(err), UTF_8, environment(transcript));
        assertThat(server.asked()).as("asked").isEqualTo(transcript.asked());
        assertThat(lines(out)).as("output").isEqualTo(transcript.out());
        assertThat(lines(err)).as("errors").isEqualTo(transcript.err());
        assertThat(exit).as("exit code").isEqualTo(transcript.exit());
    }

    /// What stands before `muster` is the environment, as a shell has it.
    private static Map<String, String> environment(Transcript transcript) {
        return Arrays.stream(words(transcript.typed()))
                .takeWhile(word -> !word.equals("muster"))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String[] typed(String line) {
        return Arrays.stream(words(line))
                .dropWhile(word -> !word.equals("muster"))
                .skip(1)
                .toArray(String[]::new);
    }

    private static String[] words(String line) {
        return line.replace("DATA", data.toString())
                .replace("PORT", Integer.toString(server.port()))
                .replace("TOKEN=right", "TOKEN=" + ScriptedServer.TOKEN)
                .split(" ");
    }

    private static List<String> lines(StringWriter text) {
        return text.toString()
                .replace(data.toString(), "DATA")
                .replace(":" + server.port(), ":PORT")
                .lines()
                .toList();
    }
}
