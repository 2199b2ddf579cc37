package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.permission.Action;
import io.muster.core.permission.Ask;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Spelling;
import java.net.InetAddress;
import java.util.Optional;

/// Reads what a device is thought to want, and on what connection.
final class ConnectionForm {

    private static final String TOPIC = "topic";

    private ConnectionForm() {}

    /// @param clientId empty where nobody says it
    record Wish(Ask ask, Optional<String> clientId, Optional<String> source) {}

    /// @param usual the client id where the body has none
    static Form<Wish> read(JsonNode body, Optional<String> usual) {
        Optional<String> clientId =
                Optional.ofNullable(body.path("clientId").textValue()).or(() -> usual);
        return ask(body, clientId).then(ask -> source(body).map(source -> new Wish(ask, clientId, source)));
    }

    private static Form<Ask> ask(JsonNode body, Optional<String> clientId) {
        Action action = Spelling.read(Action.class, body.path("action").asText());
        if (action == Action.CONNECT) {
            return body.has(TOPIC)
                    ? Form.faulty("/topic", "Who connects names no topic.", "Leave topic out.")
                    : clientId.map(Ask::connect)
                            .map(Form::of)
                            .orElseGet(() ->
                                    Form.faulty("/clientId", "Who connects says as which client.", "Give clientId."));
        }
        String topic = body.path(TOPIC).asText();
        return topic.isEmpty()
                ? Form.faulty("/topic", "To " + action.code() + " takes a topic.", "Give topic.")
                : Form.of(
                        switch (action) {
                            case CONNECT -> throw new IllegalStateException("it was answered above");
                            case PUBLISH -> Ask.publish(topic);
                            case RETAIN_PUBLISH -> Ask.retainPublish(topic);
                            case SUBSCRIBE -> Ask.subscribe(topic);
                            case RECEIVE -> Ask.receive(topic);
                        });
    }

    private static Form<Optional<String>> source(JsonNode body) {
        Optional<String> source = Optional.ofNullable(body.path("source").textValue());
        return source.filter(it -> !literal(it)).isPresent()
                ? Form.faulty("/source", "It is no address.", "Write an IPv4 or IPv6 address, such as 192.0.2.7.")
                : Form.of(source);
    }

    /// No name is looked up.
    private static boolean literal(String text) {
        try {
            var _ = InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
