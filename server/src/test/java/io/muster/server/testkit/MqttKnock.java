package io.muster.server.testkit;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// A device that speaks DPS over MQTT by Eclipse Paho, the client under the Azure SDK for Java. When another
/// connection of the same device takes its own over, it comes again.
final class MqttKnock {

    /// The status that stands for a CONNACK that says no.
    static final int NOT_LET_IN = 401;

    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    private static final long LONGEST_SECONDS = 90;
    private static final long PATIENCE_SECONDS = 15;
    private static final String REGISTER = "$dps/registrations/PUT/iotdps-register/?$rid=1";
    private static final String ANSWERS = "$dps/registrations/res/#";

    private MqttKnock() {}

    /// @param scheme `ssl`, or `wss` for a WebSocket
    static Ending knock(String scheme, Target target, Device device) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (System.nanoTime() - until < 0) {
            try {
                Optional<Ending> ending = once(scheme, target, device);
                if (ending.isPresent()) {
                    return ending.get();
                }
                pause();
            } catch (IOException | GeneralSecurityException e) {
                return new Ending.Lost(String.valueOf(e.getMessage()));
            }
        }
        return new Ending.Lost("taken over again and again");
    }

    private static void pause() {
        new CompletableFuture<Void>()
                .completeOnTimeout(
                        null, ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)
                .join();
    }

    /// Empty when the connection was taken over.
    private static Optional<Ending> once(String scheme, Target target, Device device)
            throws IOException, GeneralSecurityException {
        String uri = scheme + "://localhost:" + target.base().getPort() + (scheme.equals("wss") ? "/mqtt" : "");
        try (MqttClient client = new MqttClient(uri, device.registrationId(), new MemoryPersistence())) {
            client.setTimeToWait(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            Answer answer = new Answer(device);
            client.setCallback(answer);
            try {
                client.connect(options(target, device));
                client.subscribe(ANSWERS, 1);
                client.publish(REGISTER, "{}".getBytes(StandardCharsets.UTF_8), 0, false);
                return answer.ending
                        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                        .join();
            } catch (MqttException e) {
                return refusal(e);
            } finally {
                goodbye(client);
            }
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }

    private static void goodbye(MqttClient client) throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, LONGEST_SECONDS);
        }
    }

    private static Optional<Ending> refusal(MqttException e) {
        return switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                Optional.of(new Ending.Refused(NOT_LET_IN, "", "not authorized"));
            // Paho does not always notice that it was taken over while it waits for an acknowledgement.
            case MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_TIMEOUT -> Optional.empty();
            default -> Optional.of(new Ending.Lost(e.toString()));
        };
    }

    private static MqttConnectOptions options(Target target, Device device)
            throws IOException, GeneralSecurityException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(target.idScope() + "/registrations/" + device.registrationId() + "/api-version=2019-03-31");
        options.setSocketFactory(DeviceContext.of(target, device).getSocketFactory());
        if (device instanceof SymmetricDevice owner) {
            options.setPassword(owner.token(
                            SasToken.Dialect.JAVA,
                            target.idScope(),
                            Instant.now().plusSeconds(600))
                    .toCharArray());
        }
        return options;
    }

    /// The one answer, or the end of the connection.
    private static final class Answer implements MqttCallback {

        private final Device device;
        private final CompletableFuture<Optional<Ending>> ending = new CompletableFuture<>();

        Answer(Device device) {
            this.device = device;
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            int status = Integer.parseInt(topic.split("/", -1)[3]);
            Reply reply = new Reply(
                    status,
                    "application/json",
                    Optional.empty(),
                    new String(message.getPayload(), StandardCharsets.UTF_8));
            ending.complete(Optional.of(
                    switch (new DpsJudge().judge(device, reply)) {
                        case Judgment.Final<Ending>(Ending last) -> last;
                        case Judgment.Unavailable<Ending>(Ending last) -> last;
                        case Judgment.Deferred<Ending> ignored -> new Ending.Lost("deferred");
                    }));
        }

        @Override
        public void connectionLost(Throwable cause) {
            ending.complete(Optional.empty());
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
