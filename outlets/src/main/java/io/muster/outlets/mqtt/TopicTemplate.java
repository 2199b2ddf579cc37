package io.muster.outlets.mqtt;

import io.muster.core.ledger.Event;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a message about a device is published: text with the places `{tenant}`, `{subject}` and `{type}`.
public final class TopicTemplate {

    /// What a template may be, for people.
    public static final String RULE = "it is a topic of 1 to 500 characters without + and #, not beginning with $, and"
            + " may have the places {tenant}, {subject} and {type}";

    private static final String SUBJECT = "{subject}";
    private static final Pattern PLACES = Pattern.compile("\\{(tenant|subject|type)}");
    private static final Pattern TOPIC = Pattern.compile("[^$+#{}\\p{Cntrl}][^+#{}\\p{Cntrl}]{0,499}");

    private final String text;

    private TopicTemplate(String text) {
        this.text = text;
    }

    public static Optional<TopicTemplate> parse(String text) {
        return TOPIC.matcher(PLACES.matcher(text).replaceAll("x")).matches()
                ? Optional.of(new TopicTemplate(text))
                : Optional.empty();
    }

    /// Whether each device has a topic of its own by it, whatever happens to the device.
    public boolean isOfDevice() {
        return text.contains(SUBJECT) && !text.contains("{type}");
    }

    String of(Event event) {
        return text.replace("{tenant}", event.tenant().value())
                .replace(SUBJECT, event.device().toString())
                .replace("{type}", event.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
