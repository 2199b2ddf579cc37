package io.muster.fleet.dps;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.device.Device;
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
import java.util.Optional;

/// A device that wants to be assigned and speaks MQTT, packet by packet as the Java SDK does. Unlike that, it believes
/// an answer to its own request alone.
final class MqttRegisterErrand implements MqttErrand<Ending> {

    private static final String VERSION = "api-version=2019-03-31&ClientVersion=2019-03-31";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(230);

    private final Device device;
    private final String idScope;
    private final Credentials credentials;
    private final Judge judge;

    private Optional<String> operationId = Optional.empty();
    private int requests;
    private int polls;

    MqttRegisterErrand(Device device, String idScope, Judge judge) {
        this.device = device;
        this.idScope = idScope;
        this.credentials = Credentials.of(device, idScope);
        this.judge = judge;
    }

    @Override
    public Attempt<Ending> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        try (MqttSession session = broker.connect(greeting(), credentials.identity())) {
            session.subscribe(DpsTopics.ANSWERS);
            while (true) {
                switch (ask(session)) {
                    case Judgment.Final<Ending>(Ending ending) -> {
                        return new Attempt.Done<>(ending);
                    }
                    case Judgment.Unavailable<Ending>(Ending lastWord) -> {
                        return new Attempt.Failed<>(lastWord);
                    }
                    case Judgment.Deferred<Ending>(String operation, Duration pause) -> {
                        operationId = Optional.of(operation);
                        if (polls >= broker.patience().polls()) {
                            return new Attempt.Done<>(lost("still deferred after " + polls + " polls"));
                        }
                        session.rest(pause, broker.patience().perRequest());
                        session.allow(broker.patience().perRequest());
                    }
                }
            }
        }
    }

    private Judgment<Ending> ask(MqttSession session) throws MqttLost, InterruptedException {
        requests++;
        String rid = Integer.toString(requests);
        if (operationId.isEmpty()) {
            session.publish(DpsTopics.register(rid), registration(), Qos.AT_MOST_ONCE);
        } else {
            polls++;
            session.publish(DpsTopics.poll(rid, operationId.get()), new byte[0], Qos.AT_MOST_ONCE);
        }
        Message message = session.await();
        return switch (DpsTopics.read(message, rid)) {
            case DpsTopics.Answer.Understood understood -> judge.judge(device, understood.reply());
            case DpsTopics.Answer.Unreadable(String why) -> new Judgment.Final<>(lost(why));
        };
    }

    private Greeting greeting() {
        String userName = idScope + "/registrations/" + device.registrationId() + "/" + VERSION;
        return new Greeting(device.registrationId(), userName, credentials.token(), false, KEEP_ALIVE);
    }

    private byte[] registration() {
        return ("{\"registrationId\":\"" + device.registrationId() + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Ending lost(String reason) {
        return new Ending.Lost(reason);
    }

    @Override
    public Ending refused(MqttRefused refusal) {
        return new Ending.Refused(refusal.code(), refusal.packet(), refusal.words());
    }
}
