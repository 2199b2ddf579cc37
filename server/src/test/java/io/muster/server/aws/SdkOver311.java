package io.muster.server.aws;

import io.muster.fleet.device.X509Device;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.crt.mqtt.MqttClientConnection;
import software.amazon.awssdk.crt.mqtt.MqttMessage;
import software.amazon.awssdk.crt.mqtt.QualityOfService;
import software.amazon.awssdk.iot.AwsIotMqttConnectionBuilder;
import software.amazon.awssdk.iot.iotidentity.IotIdentityV2Client;

/// MQTT 3.1.1, with either client for provisioning.
final class SdkOver311 implements AwsSdk.Connection {

    private static final int FAILURE = 128;

    private final MqttClientConnection connection;
    private final AwsSdk.Identity identity;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    SdkOver311(
            Endpoint endpoint,
            X509Device device,
            String clientId,
            Function<MqttClientConnection, AwsSdk.Identity> client) {
        IdentityFiles files = IdentityFiles.of(device);
        try (AwsIotMqttConnectionBuilder builder = AwsIotMqttConnectionBuilder.newMtlsBuilderFromPath(
                files.certificate().toString(), files.key().toString())) {
            connection = builder.withCertificateAuthority(endpoint.anchorPem())
                    .withEndpoint(endpoint.host())
                    .withPort(endpoint.port())
                    .withClientId(clientId)
                    .withCleanSession(true)
                    .build();
        }
        try {
            Waiting.on(connection.connect());
            identity = client.apply(connection);
        } catch (RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    static AwsSdk.Identity v1(MqttClientConnection connection) {
        return new IdentityV1(connection);
    }

    static AwsSdk.Identity v2(MqttClientConnection connection) {
        return new IdentityV2(IotIdentityV2Client.newFromMqtt311(connection, IdentityV2.options()));
    }

    @Override
    public AwsSdk.Identity identity() {
        return identity;
    }

    @Override
    public boolean publishes(String topic, String payload) {
        try {
            Waiting.on(connection.publish(
                    new MqttMessage(topic, payload.getBytes(StandardCharsets.UTF_8), QualityOfService.AT_LEAST_ONCE)));
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Override
    public boolean subscribes(String filter) {
        try {
            return Waiting.on(connection.subscribe(
                            filter, QualityOfService.AT_LEAST_ONCE, message -> heard.add(message.getTopic())))
                    < FAILURE;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Override
    public List<String> heard() {
        return heard;
    }

    @Override
    public void close() {
        identity.close();
        try {
            Waiting.on(connection.disconnect());
        } finally {
            connection.close();
        }
    }
}
