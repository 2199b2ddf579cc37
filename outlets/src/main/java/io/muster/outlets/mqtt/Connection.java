package io.muster.outlets.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.muster.outlets.credential.SecretFile;
import io.muster.outlets.credential.TrustAnchors;
import io.muster.outlets.mqtt.Broker.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One connection to the broker. It leaves nothing behind: no session, and nothing is repeated on another connection.
final class Connection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int KEEP_ALIVE_SECONDS = 15;

    private final Mqtt5AsyncClient client;

    private Connection(Mqtt5AsyncClient client) {
        this.client = client;
    }

    /// @throws IOException when the broker cannot be reached or refuses, in words
    static Connection open(Broker broker) throws IOException {
        Mqtt5AsyncClient client = client(broker).buildAsync();
        Connection connection = new Connection(client);
        try {
            await(client.connectWith()
                    .cleanStart(true)
                    .sessionExpiryInterval(0)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .send());
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private static Mqtt5ClientBuilder client(Broker broker) throws IOException {
        Mqtt5ClientBuilder builder = MqttClient.builder()
                .useMqttVersion5()
                .identifier(broker.clientId())
                .transportConfig()
                .serverHost(broker.url().getHost())
                .serverPort(broker.port())
                .socketConnectTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .sslConfig(tls(broker).orElse(null))
                .applyTransportConfig();
        return broker.login().isPresent()
                ? builder.simpleAuth(credentials(broker.login().get()))
                : builder;
    }

    /// Without a verifier of one's own, the client lets TLS itself check the name (RFC 2818).
    private static Optional<MqttClientSslConfig> tls(Broker broker) throws IOException {
        return broker.isEncrypted()
                ? Optional.of(MqttClientSslConfig.builder()
                        .trustManagerFactory(TrustAnchors.of(broker.anchors()))
                        .protocols(List.of("TLSv1.3", "TLSv1.2"))
                        .handshakeTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                : Optional.empty();
    }

    private static Mqtt5SimpleAuth credentials(Login login) throws IOException {
        return Mqtt5SimpleAuth.builder()
                .username(login.user())
                .password(SecretFile.only(login.password()).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /// The answer comes with the broker's PUBACK.
    CompletableFuture<Mqtt5PublishResult> publish(Mqtt5Publish message) {
        return client.publish(message);
    }

    /// @throws IOException when it failed or did not come in time
    static <T> T await(CompletableFuture<T> coming) throws IOException {
        try {
            return coming.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(Optional.ofNullable(cause.getMessage()).orElse("no reason is known"), cause);
        } catch (TimeoutException e) {
            throw new IOException("no answer came in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        }
    }

    @Override
    public void close() {
        if (client.getState().isConnectedOrReconnect()) {
            try {
                client.disconnect().get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException _) {
                // it ends without a farewell
            }
        }
    }
}
