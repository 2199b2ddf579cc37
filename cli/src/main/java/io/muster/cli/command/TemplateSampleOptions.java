package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a template is applied to.
final class TemplateSampleOptions {

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description =
                    "JSON with what a device sends, such as {\"SerialNumber\": \"P-7\"}; may be repeated to compare.")
    private List<JsonFile> parameters = new ArrayList<>();

    @Option(
            names = "--subject",
            paramLabel = "PART=VALUE",
            description = "A part of the certificate's subject, such as CommonName=pump-1; may be repeated.")
    private Map<String, String> subject = new LinkedHashMap<>();

    @Option(
            names = "--certificate-id",
            paramLabel = "ID",
            description = "The id of its certificate; 64 zeros if absent.")
    private Optional<String> certificateId = Optional.empty();

    /// The first of them; one of which nothing is said, where nothing is.
    ObjectNode one() {
        return sample(
                parameters.isEmpty()
                        ? Optional.empty()
                        : Optional.of(parameters.getFirst().object()));
    }

    ArrayNode all() {
        ArrayNode samples = JsonNodeFactory.instance.arrayNode();
        if (parameters.isEmpty()) {
            samples.add(one());
        }
        parameters.forEach(file -> samples.add(sample(Optional.of(file.object()))));
        return samples;
    }

    private ObjectNode sample(Optional<JsonNode> sent) {
        ObjectNode sample = JsonNodeFactory.instance.objectNode();
        sent.ifPresent(it -> sample.set("parameters", it));
        certificateId.ifPresent(id -> sample.put("certificateId", id));
        if (!subject.isEmpty()) {
            ObjectNode parts = sample.putObject("subject");
            subject.forEach(parts::put);
        }
        return sample;
    }
}
