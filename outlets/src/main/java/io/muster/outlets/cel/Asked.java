package io.muster.outlets.cel;

import dev.cel.runtime.CelVariableResolver;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Sender;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One message as an expression sees it. What is dear is made when it is asked for, and once. Used by one thread.
final class Asked implements CelVariableResolver {

    private final Message message;
    private final JsonTree json;
    private final Map<Variable, Object> made = new EnumMap<>(Variable.class);

    Asked(Message message, JsonTree json) {
        this.message = message;
        this.json = json;
    }

    @Override
    public Optional<Object> find(String name) {
        return Variable.named(name).map(this::value);
    }

    private Object value(Variable variable) {
        Sender from = message.from();
        return switch (variable) {
            case TENANT -> from.tenant().value();
            case DEVICE -> from.deviceId();
            case REGISTRATION -> from.registrationId().display();
            case TYPE -> from.type().orElse("");
            case ENROLLMENT -> from.origin().enrollment().value();
            case REGION -> from.assignment().region().value();
            case HUB -> from.assignment().hub().value();
            case TOPIC -> message.topic();
            case QOS -> (long) message.qos();
            case SIZE -> (long) message.payload().size();
            case PROPERTIES -> message.properties();
            case FACTS -> made.computeIfAbsent(variable, _ -> facts());
            case PAYLOAD ->
                made.computeIfAbsent(
                        variable, _ -> json.read(message.payload().toArray()).orElse(Map.of()));
            case TEXT -> made.computeIfAbsent(variable, _ -> text());
        };
    }

    private Object facts() {
        return message.from()
                .facts()
                .flatMap(it -> json.read(it.text().getBytes(StandardCharsets.UTF_8)))
                .orElse(Map.of());
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(message.payload().view())
                    .toString();
        } catch (CharacterCodingException _) {
            return "";
        }
    }
}
