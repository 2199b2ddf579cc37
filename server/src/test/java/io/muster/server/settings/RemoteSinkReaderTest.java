package io.muster.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Name;
import io.muster.outlets.hono.Access;
import io.muster.outlets.http.Peer;
import io.muster.outlets.mqtt.Broker;
import io.muster.outlets.mqtt.Publication;
import io.muster.outlets.mqtt.TopicTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSinkReaderTest {

    private static final Name OUT = new Name("out");
    private static final List<String> WEBHOOK =
            List.of("kind=webhook", "url=https://hooks.example.com/muster", "secret-file=/etc/muster/hook");
    private static final List<String> MQTT = List.of("kind=mqtt", "url=mqtts://broker.example.com:8883");

    private static final List<String> HONO = List.of("kind=hono", "url=https://registry.example.com/v1");

    /// Of each kind the least that it wants.
    private static final Map<String, List<String>> LEAST = Map.of(
            "file",
            List.of("kind=file"),
            "kafka",
            List.of("kind=kafka", "bootstrap-servers=k1:9092"),
            "webhook",
            WEBHOOK,
            "mqtt",
            MQTT,
            "hono",
            HONO);

    @TempDir
    Path folder;

    @Test
    void every_kind_that_can_be_set_is_read_and_is_what_it_is_called() {
        String[] kinds = SinkKey.KIND.words().split(", | or ");
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LEAST.keySet());
        LEAST.forEach((kind, words) -> {
            assertThat(SinkKey.KIND.isOf(kind)).as(kind).isTrue();
            assertThat(read(words).kind()).isEqualTo(kind);
        });
    }

    /// One key after the other is given to each kind: it is read or refused, by what the key says of itself.
    @Test
    void a_kind_has_the_keys_that_say_so_and_no_others() {
        Map<String, String> values = new HashMap<>();
        Stream.of(SinkKey.values())
                .forEach(key -> values.put(key.word(), key.standard().isEmpty() ? "x" : key.standard()));
        LEAST.forEach((kind, words) -> {
            for (SinkKey key : SinkKey.values()) {
                if (!key.isOf(kind)) {
                    assertThatThrownBy(() -> read(words, key.word() + "=" + values.get(key.word())))
                            .as("%s of %s", key, kind)
                            .isInstanceOf(SettingsException.class)
                            .hasMessageContaining("sinks.out." + key.word())
                            .hasMessageContaining("has none");
                }
            }
        });
    }

    @Test
    void a_webhook_has_standard_values_and_each_can_be_set() {
        assertThat(read(WEBHOOK))
                .isEqualTo(new SinkSettings.Webhook(
                        OUT,
                        URI.create("https://hooks.example.com/muster"),
                        Path.of("/etc/muster/hook"),
                        new Peer(Optional.empty(), false, Duration.ofSeconds(10), 8)));
        assertThat(read(WEBHOOK, "trust-file=/ca.pem", "allow-private=true", "timeout=3s", "parallel=2"))
                .extracting(it -> ((SinkSettings.Webhook) it).peer())
                .isEqualTo(new Peer(Optional.of(Path.of("/ca.pem")), true, Duration.ofSeconds(3), 2));
        assertThat(read(WEBHOOK, "url=http://127.0.0.1:8080/x", "allow-private=true"))
                .extracting(it -> ((SinkSettings.Webhook) it).url().getScheme())
                .isEqualTo("http");
    }

    @Test
    void an_mqtt_sink_has_standard_values_and_each_can_be_set() {
        Publication standard = new Publication(
                TopicTemplate.parse("muster/{tenant}/events/{subject}/{type}").orElseThrow(), Optional.empty());
        assertThat(read(MQTT))
                .isEqualTo(new SinkSettings.Mqtt(
                        OUT,
                        new Broker(
                                URI.create("mqtts://broker.example.com:8883"),
                                "muster-out",
                                Optional.empty(),
                                Optional.empty()),
                        standard));
        SinkSettings.Mqtt set = (SinkSettings.Mqtt) read(
                MQTT, "user=u", "password-file=/pw", "client-id=c", "topic=a/{type}", "retained-topic=d/{subject}");
        assertThat(set.broker().login()).contains(new Broker.Login("u", Path.of("/pw")));
        assertThat(set.broker().clientId()).isEqualTo("c");
        assertThat(set.publication())
                .isEqualTo(new Publication(
                        TopicTemplate.parse("a/{type}").orElseThrow(), TopicTemplate.parse("d/{subject}")));
    }

    @Test
    void a_hono_sink_has_standard_values_and_each_can_be_set() {
        Peer standard = new Peer(Optional.empty(), false, Duration.ofSeconds(10), 8);
        URI url = URI.create("https://registry.example.com/v1");
        assertThat(read(HONO)).isEqualTo(new SinkSettings.Hono(OUT, url, new Access.Open(), Set.of(), standard));
        assertThat(read(HONO, "token-file=/token", "tenants=acme, other"))
                .isEqualTo(new SinkSettings.Hono(
                        OUT,
                        url,
                        new Access.Bearer(Path.of("/token")),
                        Set.of(new Name("acme"), new Name("other")),
                        standard));
        assertThat(read(HONO, "user=u", "password-file=/pw"))
                .extracting(it -> ((SinkSettings.Hono) it).access())
                .isEqualTo(new Access.Basic("u", Path.of("/pw")));
    }

    @Test
    void what_cannot_be_is_refused_by_the_name_of_its_key() {
        assertRefused(
                WEBHOOK,
                "url",
                "url=http://hooks.example.com/",
                "url=ftp://x",
                "url=x y",
                "url=https://a:b@host/",
                "url=http://127.0.0.1/",
                "url=");
        assertRefused(WEBHOOK, "secret-file", "secret-file=");
        assertRefused(WEBHOOK, "timeout", "timeout=0s", "timeout=121s", "timeout=10");
        assertRefused(WEBHOOK, "parallel", "parallel=0", "parallel=65", "parallel=all");
        assertRefused(WEBHOOK, "allow-private", "allow-private=yes");
        assertRefused(MQTT, "url", "url=mqtt://broker.example.com", "url=https://broker.example.com");
        assertRefused(MQTT, "password-file", "user=u");
        assertRefused(MQTT, "topic", "topic=a/#", "topic=a/{hub}");
        assertRefused(MQTT, "retained-topic", "retained-topic=a", "retained-topic=a/{subject}/{type}");
        assertRefused(HONO, "url", "url=https://registry.example.com", "url=http://registry.example.com/v1");
        assertRefused(HONO, "tenants", "tenants=Acme!");
        assertThatThrownBy(() -> read(HONO, "token-file=/t", "user=u", "password-file=/pw"))
                .hasMessageContaining("sinks.out.token-file");
        assertRefused(MQTT, "client-id", "client-id=" + "x".repeat(129));
    }

    @Test
    void a_password_in_a_url_is_not_said_again() {
        assertThatThrownBy(() -> read(WEBHOOK, "url=https://user:secret@host/"))
                .isInstanceOf(SettingsException.class)
                .extracting(Throwable::getMessage)
                .matches(said -> !said.contains("secret@"));
    }

    private void assertRefused(List<String> least, String key, String... words) {
        for (String word : words) {
            assertThatThrownBy(() -> read(least, word))
                    .as(word)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("sinks.out." + key);
        }
    }

    private SinkSettings read(List<String> least, String... more) {
        List<String> words = new ArrayList<>();
        Stream.concat(least.stream(), Stream.of(more)).forEach(word -> words.add("sinks.out." + word));
        return new SettingsReader()
                .read(folder, Optional.empty(), words)
                .sinks()
                .getFirst();
    }
}
