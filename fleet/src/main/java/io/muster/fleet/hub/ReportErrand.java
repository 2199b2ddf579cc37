package io.muster.fleet.hub;

import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.hub.Assigned.Dialect;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Broker;
import io.muster.fleet.mqtt.Greeting;
import io.muster.fleet.mqtt.MqttErrand;
import io.muster.fleet.mqtt.MqttLost;
import io.muster.fleet.mqtt.MqttRefused;
import io.muster.fleet.mqtt.MqttSession;
import io.muster.fleet.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A device that connects once, says so many things at QoS 1, and leaves. Each message says whose it is and which.
final class ReportErrand implements MqttErrand<Report> {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(230);
    private static final int TOKEN_LIFETIME_SECONDS = 3600;

    private final Assigned who;
    private final int messages;
    private int acknowledged;

    ReportErrand(Assigned who, int messages) {
        this.who = who;
        this.messages = messages;
    }

    @Override
    public Attempt<Report> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        try (MqttSession session = broker.connect(greeting(), identity())) {
            while (acknowledged < messages) {
                session.allow(broker.patience().perRequest());
                session.publish(topic(), payload(acknowledged + 1), Qos.AT_LEAST_ONCE);
                acknowledged++;
            }
        }
        return new Attempt.Done<>(new Report(who, acknowledged, Optional.empty()));
    }

    private Greeting greeting() {
        String userName =
                switch (who.dialect()) {
                    case Dialect.Azure(String host) -> host + "/" + who.deviceId() + "/?api-version=2021-04-12";
                    case Dialect.Plain _ -> "";
                };
        return new Greeting(who.deviceId(), userName, token(), true, KEEP_ALIVE);
    }

    private Optional<String> token() {
        return who.dialect() instanceof Dialect.Azure(String host) && who.device() instanceof SymmetricDevice owner
                ? Optional.of(owner.hubToken(host, who.deviceId(), Instant.now().plusSeconds(TOKEN_LIFETIME_SECONDS)))
                : Optional.empty();
    }

    private Optional<X509Device> identity() {
        return who.device() instanceof X509Device owner ? Optional.of(owner) : Optional.empty();
    }

    private String topic() {
        return switch (who.dialect()) {
            case Dialect.Azure _ ->
                "devices/" + who.deviceId() + "/messages/events/%24.ct=application%2Fjson&%24.ce=utf-8&kind=reading";
            case Dialect.Plain _ -> "t/" + who.deviceId() + "/reading";
        };
    }

    private byte[] payload(int number) {
        String text = "{\"from\":\"%s\",\"number\":%d}".formatted(who.device().registrationId(), number);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Report lost(String reason) {
        return new Report(who, acknowledged, Optional.of("lost: " + reason));
    }

    @Override
    public Report refused(MqttRefused refusal) {
        return new Report(who, acknowledged, Optional.of("refused: " + refusal.packet() + " " + refusal.words()));
    }
}
