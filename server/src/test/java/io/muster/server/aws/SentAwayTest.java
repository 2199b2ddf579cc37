package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Broker;
import io.muster.fleet.mqtt.Greeting;
import io.muster.fleet.mqtt.MqttCaller;
import io.muster.fleet.mqtt.MqttErrand;
import io.muster.fleet.mqtt.MqttLost;
import io.muster.fleet.mqtt.MqttRefused;
import io.muster.fleet.mqtt.MqttSession;
import io.muster.server.aws.AwsSdk.Certificate;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Connections that stand at one node while an operator takes away at the other what they rest on.
class SentAwayTest {

    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String[] SETTINGS = settings(TestServer.EXTERNAL.fresh());

    @AutoClose
    private static final Installation ONE = Installation.open(SETTINGS);

    @AutoClose
    private static final Installation OTHER = Installation.open(SETTINGS);

    private static final AwsCustomer ACME = AwsCustomer.create(ONE.operator(), "acme");

    private final Endpoint there = Endpoint.of(OTHER);

    @Test
    void whatever_is_taken_away_at_one_node_ends_its_connections_at_the_other_within_two_seconds() throws Exception {
        Maker maker = Maker.found("Pumps");
        ACME.customer().trusts("pumps", maker.rootPem());
        Maker rival = Maker.found("Valves");
        ACME.customer().trusts("valves", rival.rootPem());
        ACME.takesClaims("things", ThingTemplate.BODY);
        X509Device claim = ACME.claim("line-1", "things");
        X509Device thing = thing(claim, "thing-1");
        try (Held stays = Held.by(there, rival.make("valve-1"))) {
            sentAway(maker.make("pump-1"), "device", "quarantine", "pump-1", "--reason", "drill");
            sentAway(maker.make("pump-2"), "device", "decommission", "pump-2", "--reason", "drill", "--yes");
            sentAway(thing, "cert", "revoke", serial("thing-1"), "--reason", "keyCompromise");
            sentAway(claim, "claim", "revoke", "line-1");
            X509Device brief = ACME.claim("line-2", "things", "--expires-after", "1m");
            try (Held third = Held.by(there, maker.make("pump-3"));
                    Held fourth = Held.by(there, maker.make("pump-4"));
                    Held expiring = Held.by(there, brief)) {
                ACME.customer().types("enrollment", "disable", "pumps");
                long returned = System.nanoTime();
                assertThat(third.ended(returned)).isLessThan(PROMISED);
                assertThat(fourth.ended(returned)).isLessThan(PROMISED);
                assertThat(stays.over()).isFalse();
                assertThat(expiring.over()).isFalse();
            }
            assertThat(FirstConnects.of(there, List.of(maker.make("pump-1"))).values())
                    .containsOnly("refused: 5");
            ACME.customer().types("enrollment", "disable", "valves");
            assertThat(stays.ended(System.nanoTime())).isLessThan(PROMISED);
        }
    }

    private void sentAway(X509Device device, String... command) throws Exception {
        try (Held held = Held.by(there, device)) {
            ACME.customer().types(command);
            assertThat(held.ended(System.nanoTime()))
                    .as("from the end of: muster " + String.join(" ", command))
                    .isLessThan(PROMISED);
        }
    }

    /// One that came by a claim, and whose certificate was issued here.
    private X509Device thing(X509Device claim, String name) {
        CertificateRequest request = new Keysmith().request(name);
        try (Connection connection = AwsSdk.V2_OVER_311.connect(there, claim, name)) {
            Certificate certificate = connection.identity().createFromCsr(Thing.pem(request));
            connection.identity().register("things", certificate.ownershipToken(), Map.of("SerialNumber", name));
            return Thing.granted(request, certificate.pem());
        }
    }

    private static String serial(String device) {
        return ACME.customer()
                .asks("cert", "list", "--registration-id", device)
                .at("/items/0/serial")
                .asText();
    }

    private static String[] settings(TestDatabase database) {
        String url = database.url() + "&user=" + database.user() + "&password=" + database.password();
        return new String[] {
            "database.url=" + url, "keyring.dir=" + Ground.folder("keys").resolve("keyring")
        };
    }

    /// One connection that says nothing by itself.
    private static final class Held implements AutoCloseable, MqttErrand<Long> {

        private final X509Device device;
        private final MqttCaller caller;
        private final CompletableFuture<Boolean> open = new CompletableFuture<>();
        private final CompletableFuture<Long> over = new CompletableFuture<>();

        private Held(Endpoint endpoint, X509Device device) {
            this.device = device;
            Address address =
                    new Address(URI.create("mqtts://" + endpoint.host() + ":" + endpoint.port()), endpoint.anchorPem());
            this.caller = new MqttCaller(address, List.of("x-amzn-mqtt-ca"), Patience.once(), 1);
        }

        static Held by(Endpoint endpoint, X509Device device) throws Exception {
            Held held = new Held(endpoint, device);
            held.caller.call(held, System.nanoTime(), (end, _) -> held.over.complete(end));
            held.open.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return held;
        }

        boolean over() {
            return over.isDone();
        }

        /// When it ended, from a moment on.
        Duration ended(long since) throws Exception {
            return Duration.ofNanos(over.get(LONGEST.toSeconds(), TimeUnit.SECONDS) - since);
        }

        @Override
        public Attempt<Long> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
            Greeting greeting =
                    new Greeting(device.registrationId(), "", Optional.empty(), true, Duration.ofMinutes(20));
            try (MqttSession session = broker.connect(greeting, Optional.of(device))) {
                open.complete(true);
                session.rest(LONGEST, LONGEST);
            }
            throw new MqttLost("nothing happened");
        }

        @Override
        public Long lost(String reason) {
            open.completeExceptionally(new IllegalStateException(reason));
            return System.nanoTime();
        }

        @Override
        public Long refused(MqttRefused refusal) {
            open.completeExceptionally(refusal);
            return System.nanoTime();
        }

        @Override
        public void close() {
            caller.close();
        }
    }
}
