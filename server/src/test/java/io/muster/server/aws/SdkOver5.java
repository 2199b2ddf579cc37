package io.muster.server.aws;

import io.muster.fleet.device.X509Device;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;
import software.amazon.awssdk.iot.iotidentity.IotIdentityV2Client;

/// MQTT 5.
final class SdkOver5 implements AwsSdk.Connection, Mqtt5ClientOptions.LifecycleEvents {

    private final Mqtt5Client client;
    private final AwsSdk.Identity identity;
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    SdkOver5(Endpoint endpoint, X509Device device, String clientId) {
        IdentityFiles files = IdentityFiles.of(device);
        try (AwsIotMqtt5ClientBuilder builder = AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
                endpoint.host(), files.certificate().toString(), files.key().toString())) {
            client = builder.withCertificateAuthority(endpoint.anchorPem())
                    .withPort((long) endpoint.port())
                    .withConnectProperties(new ConnectPacket.ConnectPacketBuilder().withClientId(clientId))
                    .withLifeCycleEvents(this)
                    .withPublishEvents(
                            (_, it) -> heard.add(it.getPublishPacket().getTopic()))
                    .build();
        }
        client.start();
        try {
            Waiting.on(connected);
            identity = new IdentityV2(IotIdentityV2Client.newFromMqtt5(client, IdentityV2.options()));
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    @Override
    public void onAttemptingConnect(Mqtt5Client it, OnAttemptingConnectReturn what) {}

    @Override
    public void onConnectionSuccess(Mqtt5Client it, OnConnectionSuccessReturn what) {
        connected.complete(true);
    }

    @Override
    public void onConnectionFailure(Mqtt5Client it, OnConnectionFailureReturn what) {
        String code = what.getConnAckPacket() == null
                ? "no CONNACK"
                : what.getConnAckPacket().getReasonCode().toString();
        connected.completeExceptionally(new IllegalStateException(code));
    }

    @Override
    public void onDisconnection(Mqtt5Client it, OnDisconnectionReturn what) {}

    @Override
    public void onStopped(Mqtt5Client it, OnStoppedReturn what) {
        stopped.complete(true);
    }

    @Override
    public AwsSdk.Identity identity() {
        return identity;
    }

    @Override
    public boolean publishes(String topic, String payload) {
        PublishPacket packet = new PublishPacket.PublishPacketBuilder(
                        topic, QOS.AT_LEAST_ONCE, payload.getBytes(StandardCharsets.UTF_8))
                .build();
        return Waiting.on(client.publish(packet)).getResultPubAck().getReasonCode()
                == PubAckPacket.PubAckReasonCode.SUCCESS;
    }

    @Override
    public boolean subscribes(String filter) {
        SubscribePacket packet = new SubscribePacket.SubscribePacketBuilder(filter, QOS.AT_LEAST_ONCE).build();
        return Waiting.on(client.subscribe(packet)).getReasonCodes().getFirst()
                == SubAckPacket.SubAckReasonCode.GRANTED_QOS_1;
    }

    @Override
    public List<String> heard() {
        return heard;
    }

    private void end() {
        client.stop();
        Waiting.on(stopped);
        client.close();
    }

    @Override
    public void close() {
        identity.close();
        end();
    }
}
