package io.muster.outlets.hono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Bytes;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Samples;
import io.muster.outlets.hono.FakeRegistry.Kept;
import io.muster.outlets.http.HttpClient;
import io.muster.outlets.http.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a registry by the published contract.
class DeviceRegistryTest {

    private static final Instant END = Instant.parse("2027-11-23T18:30:00.250Z");
    private static final Serial FIRST = serial("01");
    private static final Serial SECOND = serial("02");

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private DeviceRegistry sink;

    @BeforeEach
    void opens() throws Exception {
        registry = new FakeRegistry();
        sink = sink(Set.of());
    }

    @AfterEach
    void closes() throws IOException {
        sink.close();
        registry.close();
    }

    @Test
    void a_device_is_registered_changed_disabled_enabled_and_removed() throws Exception {
        DeviceId device = DeviceId.random();
        String id = "pump-" + device;
        tell(Samples.changed(device, 1, Event.Type.ENROLLED));
        assertThat(held(id)).isEqualTo(new ObjectMapper().readTree("""
                {"enabled":true,"ext":{"muster":{"subject":"%s","version":1,"at":"1970-01-01T00:00:00Z",
                 "enrollment":"pumps","region":"eu","hub":"eu-1","endpoint":"mqtts://eu-1.example.com",
                 "registrationId":"%s","type":"pump","facts":{"firmware":"1.1"}}}}""".formatted(device, id)));
        tell(Samples.changed(device, 2, Event.Type.QUARANTINED));
        assertThat(held(id).path("enabled").asBoolean(true)).isFalse();
        tell(Samples.changed(device, 3, Event.Type.RELEASED));
        assertThat(held(id).path("enabled").asBoolean()).isTrue();
        assertThat(held(id).at("/ext/muster/facts/firmware").asText()).isEqualTo("1.3");
        tell(Samples.changed(device, 4, Event.Type.DECOMMISSIONED));
        assertThat(registry.devices()).isEmpty();
    }

    @Test
    void an_erased_device_is_found_by_the_one_name_that_stays() {
        DeviceId device = DeviceId.random();
        tell(
                Samples.changed(device, 1, Event.Type.ENROLLED),
                Samples.changed(DeviceId.random(), 1, Event.Type.ENROLLED));
        tell(Samples.erased(device, 1));
        assertThat(registry.devices()).hasSize(1).doesNotContainKey("pump-" + device);
        tell(Samples.erased(device, 2));
    }

    @Test
    void what_somebody_else_wrote_stays() throws Exception {
        DeviceId device = DeviceId.random();
        String id = "pump-" + device;
        ObjectNode byHand = (ObjectNode) new ObjectMapper()
                .readTree("{\"via\":[\"gw-1\"],\"defaults\":{\"ttl\":60},\"ext\":{\"owner\":\"Bob\"}}");
        ArrayNode password = (ArrayNode) new ObjectMapper()
                .readTree("[{\"type\":\"hashed-password\",\"auth-id\":\"s\",\"secrets\":[{\"id\":\"1\"}]}]");
        registry.devices().put(id, new Kept(byHand, "x1", password, "x2"));
        tell(certified(device, 1, FIRST, "CN=a"));
        assertThat(held(id).path("via")).isEqualTo(byHand.path("via"));
        assertThat(held(id).path("defaults")).isEqualTo(byHand.path("defaults"));
        assertThat(held(id).at("/ext/owner").asText()).isEqualTo("Bob");
        assertThat(held(id).at("/ext/muster/version").asLong()).isEqualTo(1);
        assertThat(credentials(id)).hasSize(2).contains(password.get(0));
    }

    @Test
    void the_newest_certificate_is_the_credential_until_it_is_revoked() {
        DeviceId device = DeviceId.random();
        String id = "pump-" + device;
        tell(certified(device, 1, FIRST, "CN=a,O=Acme"));
        assertThat(credentials(id)).hasSize(1);
        JsonNode credential = credentials(id).get(0);
        assertThat(credential.path("type").asText()).isEqualTo("x509-cert");
        assertThat(credential.path("auth-id").asText()).isEqualTo("CN=a,O=Acme");
        assertThat(credential.at("/secrets/0/not-after").asText()).isEqualTo("2027-11-23T18:30:00Z");

        tell(certified(device, 2, SECOND, "CN=b"), Samples.changed(device, 3, Event.Type.UPDATED));
        assertThat(credentials(id)).hasSize(1);
        assertThat(credentials(id).get(0).path("auth-id").asText()).isEqualTo("CN=b");

        tell(revoked(device, 4, FIRST));
        assertThat(credentials(id)).as("another one was revoked").hasSize(1);
        tell(revoked(device, 5, SECOND));
        assertThat(credentials(id)).isEmpty();
    }

    @Test
    void a_replay_puts_nothing_back_to_what_it_was() {
        DeviceId device = DeviceId.random();
        String id = "pump-" + device;
        Event[] history = {
            certified(device, 1, FIRST, "CN=a"),
            Samples.changed(device, 2, Event.Type.QUARANTINED),
            certified(device, 3, SECOND, "CN=b")
        };
        tell(history);
        long writes = registry.writes();
        tell(history[0]);
        tell(history[1]);
        assertThat(registry.writes()).isEqualTo(writes);
        assertThat(held(id).path("enabled").asBoolean()).isTrue();
        assertThat(credentials(id).get(0).path("auth-id").asText()).isEqualTo("CN=b");
    }

    /// A decommissioned device's name can be another one's by now.
    @Test
    void one_that_is_gone_does_not_take_its_successor_along() {
        DeviceId old = DeviceId.random();
        DeviceId young = DeviceId.random();
        tell(renamed(Samples.changed(young, 1, Event.Type.ENROLLED), "pump-x", Instant.EPOCH.plusSeconds(9)));
        tell(renamed(Samples.changed(old, 1, Event.Type.ENROLLED), "pump-x", Instant.EPOCH));
        tell(renamed(Samples.changed(old, 2, Event.Type.DECOMMISSIONED), "pump-x", Instant.EPOCH.plusSeconds(1)));
        assertThat(held("pump-x").at("/ext/muster/subject").asText()).isEqualTo(young.toString());
    }

    @Test
    void a_change_between_reading_and_writing_is_looked_at_again() {
        DeviceId device = DeviceId.random();
        tell(Samples.changed(device, 1, Event.Type.ENROLLED));
        registry.answersWith(404, 409);
        tell(Samples.changed(device, 2, Event.Type.UPDATED));
        assertThat(held("pump-" + device).at("/ext/muster/version").asLong()).isEqualTo(2);
    }

    @Test
    void what_the_registry_can_never_take_is_a_dead_letter_and_what_lies_at_the_registry_is_not() {
        List<Event> events = Samples.mixed(1, 1);
        for (int status : new int[] {400, 413}) {
            registry.answersWith(404, status);
            assertThat(sink.deliver(events)).extracting(Poison::event).isEqualTo(events);
        }
        for (int status : new int[] {302, 401, 403, 429, 500, 503}) {
            registry.answersWith(status);
            assertThatThrownBy(() -> sink.deliver(events))
                    .isInstanceOf(SinkUnavailable.class)
                    .hasMessageContaining(Integer.toString(status));
        }
        assertThat(registry.devices()).isEmpty();
    }

    @Test
    void a_tenant_that_the_registry_does_not_know_is_waited_for_unless_it_is_left_out() throws Exception {
        Event.Changed stranger = ofTenant(Samples.changed(DeviceId.random(), 1, Event.Type.ENROLLED), "other");
        assertThatThrownBy(() -> sink.deliver(List.of(stranger)))
                .isInstanceOf(SinkUnavailable.class)
                .hasMessageContaining("no tenant other");
        try (DeviceRegistry narrowed = sink(Set.of(Samples.ACME))) {
            assertThat(narrowed.deliver(List.of(stranger))).isEmpty();
        }
    }

    @Test
    void a_registry_that_goes_away_and_comes_back_misses_nothing() throws Exception {
        List<Event> events = Samples.mixed(30, 3);
        registry.server().stop();
        assertThatThrownBy(() -> sink.deliver(events)).isInstanceOf(SinkUnavailable.class);
        registry.server().startAgain();
        registry.answersWith(200, 503);
        assertThatThrownBy(() -> sink.deliver(events)).isInstanceOf(SinkUnavailable.class);
        assertThat(sink.deliver(events)).isEmpty();
        assertThat(registry.devices()).hasSize(30);
        assertThat(registry.devices().values())
                .allMatch(it -> it.device().at("/ext/muster/version").asLong() == 3);
    }

    private void tell(Event... events) {
        assertThat(sink.deliver(List.of(events))).isEmpty();
    }

    private JsonNode held(String id) {
        return Objects.requireNonNull(registry.devices().get(id)).device();
    }

    private ArrayNode credentials(String id) {
        return Objects.requireNonNull(registry.devices().get(id)).credentials();
    }

    private DeviceRegistry sink(Set<Name> tenants) throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, FakeRegistry.TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Peer peer = new Peer(Optional.of(registry.server().anchor(folder)), true, Duration.ofSeconds(5), 4);
        return DeviceRegistry.of(
                registry.server().url("/v1"),
                new Access.Bearer(token),
                HttpClient.of(peer),
                tenants,
                4,
                Clock.systemUTC());
    }

    private static Event certified(DeviceId device, long version, Serial serial, String subject) {
        Event.Changed it = Samples.changed(device, version, Event.Type.CERTIFIED);
        return new Event.Changed(
                device,
                version,
                it.tenant(),
                it.at(),
                it.type(),
                it.portrait(),
                List.of(new Event.Issued(serial, "device@1", END, subject)),
                List.of());
    }

    private static Event revoked(DeviceId device, long version, Serial serial) {
        Event.Changed it = Samples.changed(device, version, Event.Type.CERTIFICATE_REVOKED);
        return new Event.Changed(
                device,
                version,
                it.tenant(),
                it.at(),
                it.type(),
                it.portrait(),
                List.of(),
                List.of(new Event.Ended(serial, Event.Ended.State.REVOKED)));
    }

    private static Event renamed(Event.Changed event, String deviceId, Instant at) {
        Event.Portrait it = event.portrait();
        Event.Portrait portrait = new Event.Portrait(
                it.registrationId(),
                deviceId,
                it.state(),
                it.origin(),
                it.type(),
                it.assignment(),
                it.facts(),
                it.thing());
        return new Event.Changed(
                event.device(), event.version(), event.tenant(), at, event.type(), portrait, List.of(), List.of());
    }

    private static Event.Changed ofTenant(Event.Changed it, String tenant) {
        return new Event.Changed(
                it.device(), it.version(), new Name(tenant), it.at(), it.type(), it.portrait(), List.of(), List.of());
    }

    private static Serial serial(String end) {
        return new Serial(Bytes.of(HexFormat.of().parseHex("4d".repeat(16) + end)));
    }
}
