package io.muster.outlets.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.EventJson;
import io.muster.outlets.event.Waves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A sink that publishes at QoS 1. An event counts when the broker has acknowledged all that is published of it.
public final class EventPublisher implements Sink, AutoCloseable {

    private record Sent(Event event, List<CompletableFuture<Mqtt5PublishResult>> messages) {}

    private final Broker broker;
    private final Publication publication;
    private final EventJson form = new EventJson();
    private Optional<Connection> connection = Optional.empty();

    private EventPublisher(Broker broker, Publication publication) {
        this.broker = broker;
        this.publication = publication;
    }

    /// Connects with the first event, not now.
    public static EventPublisher of(Broker broker, Publication publication) {
        return new EventPublisher(broker, publication);
    }

    @Override
    public List<Poison> deliver(List<Event> events) {
        try {
            List<Poison> refused = new ArrayList<>();
            for (List<Event> wave : Waves.of(events)) {
                refused.addAll(deliverWave(wave));
            }
            return refused;
        } catch (IOException e) {
            giveUp();
            throw new SinkUnavailable("The broker did not take an event: " + e.getMessage() + ".", e);
        }
    }

    /// Nothing of what failed may still be on its way when the same is told again.
    private void giveUp() {
        connection.ifPresent(Connection::close);
        connection = Optional.empty();
    }

    /// The next wave goes out when this one is there: a broker that refuses the first of two messages of a device must
    /// not take the second.
    private List<Poison> deliverWave(List<Event> wave) throws IOException {
        Connection open = connection();
        List<Sent> sent = new ArrayList<>();
        for (Event event : wave) {
            sent.add(new Sent(
                    event,
                    publication.of(event, form).stream().map(open::publish).toList()));
        }
        List<Poison> refused = new ArrayList<>();
        for (Sent each : sent) {
            refusal(each).ifPresent(refused::add);
        }
        return refused;
    }

    private Connection connection() throws IOException {
        if (connection.isEmpty()) {
            connection = Optional.of(Connection.open(broker));
        }
        return connection.get();
    }

    private static Optional<Poison> refusal(Sent sent) throws IOException {
        Optional<Poison> refusal = Optional.empty();
        for (CompletableFuture<Mqtt5PublishResult> message : sent.messages()) {
            try {
                Optional<Throwable> error = Connection.await(message).getError();
                if (error.isPresent()) {
                    throw new IOException(error.get().getMessage(), error.get());
                }
            } catch (IOException e) {
                String reason = Optional.ofNullable(e.getCause())
                        .flatMap(EventPublisher::reason)
                        .orElseThrow(() -> e);
                refusal = Optional.of(new Poison(sent.event(), reason));
            }
        }
        return refusal;
    }

    /// Why a message can never be taken; empty where another time it may.
    private static Optional<String> reason(Throwable cause) {
        return switch (cause) {
            case MqttEncodeException _ -> Optional.of("it is larger than the broker takes");
            case Mqtt5PubAckException refused
            when refused.getMqttMessage().getReasonCode() == Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID ->
                Optional.of("the broker takes no such payload");
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        giveUp();
    }
}
