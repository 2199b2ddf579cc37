package io.muster.doors.aws;

import io.muster.core.device.Name;
import java.util.Locale;
import java.util.Optional;

/// A topic on which somebody with a claim asks for something.
sealed interface AwsTopic {

    /// As it was written: the answer's topic begins with it.
    String text();

    Format format();

    /// CreateKeysAndCertificate.
    record Create(String text, Format format) implements AwsTopic {}

    /// CreateCertificateFromCsr.
    record CreateFromCsr(String text, Format format) implements AwsTopic {}

    /// RegisterThing.
    ///
    /// @param template as the device spells it
    record Register(String text, Format format, String template) implements AwsTopic {

        /// Templates are enrollments here, whose names have no upper case and no underscore.
        boolean names(Name enrollment) {
            return AwsTopic.names(template, enrollment);
        }
    }

    String CERTIFICATES = "$aws/certificates/";
    String TEMPLATES = "$aws/provisioning-templates/";

    /// Empty when it is none of the three.
    static Optional<AwsTopic> parse(String topic) {
        String[] levels = topic.split("/", -1);
        if (topic.startsWith(CERTIFICATES) && levels.length == 4) {
            return Format.named(levels[3]).flatMap(format -> switch (levels[2]) {
                case "create" -> Optional.of(new Create(topic, format));
                case "create-from-csr" -> Optional.of(new CreateFromCsr(topic, format));
                default -> Optional.empty();
            });
        }
        if (topic.startsWith(TEMPLATES) && levels.length == 5 && levels[3].equals("provision")) {
            return Format.named(levels[4]).map(format -> new Register(topic, format, levels[2]));
        }
        return Optional.empty();
    }

    static boolean names(String template, Name enrollment) {
        return template.toLowerCase(Locale.ROOT).replace('_', '-').equals(enrollment.value());
    }

    /// Whether a topic or filter is one of fleet provisioning, or might cover one.
    static boolean reserved(String topicOrFilter) {
        return topicOrFilter.startsWith(CERTIFICATES) || topicOrFilter.startsWith(TEMPLATES);
    }

    default String accepted() {
        return text() + "/accepted";
    }

    default String rejected() {
        return text() + "/rejected";
    }
}
