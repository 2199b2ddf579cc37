package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.CertificateFacts.Part;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads what a template is applied to.
final class TemplateSampleForm {

    /// Of a certificate that nobody has.
    private static final String NO_ID = "0".repeat(64);

    private TemplateSampleForm() {}

    record Sample(Map<String, String> parameters, CertificateFacts certificate) {}

    /// @param sample as the contract has it
    static Sample read(JsonNode sample) {
        Map<String, String> parameters = new LinkedHashMap<>();
        sample.path("parameters")
                .properties()
                .forEach(it -> parameters.put(it.getKey(), it.getValue().asText()));
        String id = sample.path("certificateId").asText(NO_ID);
        return new Sample(parameters, new CertificateFacts(id, subject(sample.path("subject"))));
    }

    static Map<Part, String> subject(JsonNode subject) {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            JsonNode value = subject.path(word(part));
            if (!value.isMissingNode()) {
                parts.put(part, value.asText());
            }
        }
        return parts;
    }

    static String word(Part part) {
        return part.parameter().substring(CertificateFacts.PREFIX.length());
    }
}
