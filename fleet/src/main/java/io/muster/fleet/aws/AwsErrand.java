package io.muster.fleet.aws;

import io.muster.fleet.device.Pem;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Broker;
import io.muster.fleet.mqtt.Greeting;
import io.muster.fleet.mqtt.Message;
import io.muster.fleet.mqtt.MqttErrand;
import io.muster.fleet.mqtt.MqttLost;
import io.muster.fleet.mqtt.MqttRefused;
import io.muster.fleet.mqtt.MqttSession;
import io.muster.fleet.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A device that wants to become a thing, packet by packet as the first client of the Java SDK does it: a subscription
/// for each kind of answer, a request at QoS 1, the answer; and all again for the next request.
final class AwsErrand implements MqttErrand<Onboarding> {

    /// Telemetry about the SDK, which a server has to accept and to ignore.
    private static final String USER_NAME = "?SDK=JavaV2&Version=0.43";

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(20);
    private static final byte[] TELEMETRY = "{\"state\":\"provisioned\"}".getBytes(StandardCharsets.UTF_8);

    private final AwsTarget target;
    private final Newcomer newcomer;
    private final Payloads payloads;
    private final AwsJudge judge;

    /// What it has become, and keeps when it has to try again.
    private Optional<Onboarding.Enrolled> registered = Optional.empty();

    AwsErrand(AwsTarget target, Newcomer newcomer, Payloads payloads, AwsJudge judge) {
        this.target = target;
        this.newcomer = newcomer;
        this.payloads = payloads;
        this.judge = judge;
    }

    @Override
    public Attempt<Onboarding> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        if (registered.isEmpty()) {
            switch (provision(broker)) {
                case Step.Passed<Onboarding.Enrolled>(Onboarding.Enrolled thing) -> registered = Optional.of(thing);
                case Step.Ended<Onboarding.Enrolled>(Attempt<Onboarding> end) -> {
                    return end;
                }
            }
        }
        Onboarding.Enrolled thing = registered.get();
        Optional<String> telemetry = target.telemetryTopic(thing.thing());
        if (telemetry.isPresent()) {
            report(broker, thing, telemetry.get());
        }
        return new Attempt.Done<>(thing);
    }

    /// By the claim certificate.
    private Step<Onboarding.Enrolled> provision(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        try (MqttSession session = broker.connect(greeting(newcomer.name()), Optional.of(newcomer.claim()))) {
            return switch (create(session)) {
                case Step.Passed<Created>(Created created) -> {
                    session.allow(broker.patience().perRequest());
                    yield register(session, created);
                }
                case Step.Ended<Created>(Attempt<Onboarding> end) -> new Step.Ended<>(end);
            };
        }
    }

    private Step<Created> create(MqttSession session) throws MqttLost, MqttRefused, InterruptedException {
        String topic = newcomer.request().isPresent() ? target.createFromCsrTopic() : target.createTopic();
        Map<String, String> request = newcomer.request()
                .map(csr -> Map.of("certificateSigningRequest", Pem.encode("CERTIFICATE REQUEST", csr.der())))
                .orElse(Map.of());
        return judge.created(newcomer, topic, ask(session, topic, request));
    }

    private Step<Onboarding.Enrolled> register(MqttSession session, Created created)
            throws MqttLost, MqttRefused, InterruptedException {
        String topic = target.registerTopic();
        Map<String, Object> request = Map.of(
                "certificateOwnershipToken",
                created.ownershipToken(),
                "templateName",
                target.template(),
                "parameters",
                newcomer.parameters());
        return switch (judge.registered(topic, ask(session, topic, request))) {
            case Step.Passed<String>(String thing) ->
                new Step.Passed<>(new Onboarding.Enrolled(thing, created.operational()));
            case Step.Ended<String>(Attempt<Onboarding> end) -> new Step.Ended<>(end);
        };
    }

    private Message ask(MqttSession session, String topic, Map<String, ?> request)
            throws MqttLost, MqttRefused, InterruptedException {
        session.subscribe(topic + "/accepted");
        session.subscribe(topic + "/rejected");
        session.publish(topic, payloads.write(request), Qos.AT_LEAST_ONCE);
        return session.await();
    }

    /// By the new certificate, under the thing's name.
    private static void report(Broker broker, Onboarding.Enrolled thing, String topic)
            throws MqttLost, MqttRefused, InterruptedException {
        try (MqttSession session = broker.connect(greeting(thing.thing()), Optional.of(thing.operational()))) {
            session.publish(topic, TELEMETRY, Qos.AT_LEAST_ONCE);
        }
    }

    private static Greeting greeting(String clientId) {
        return new Greeting(clientId, USER_NAME, Optional.empty(), true, KEEP_ALIVE);
    }

    @Override
    public Onboarding lost(String reason) {
        return new Onboarding.Lost(reason);
    }

    @Override
    public Onboarding refused(MqttRefused refusal) {
        return new Onboarding.Refused(refusal.code(), refusal.packet(), refusal.words());
    }
}
