package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.Ending;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Decisions that devices really got, made again without effect.
class RehearsalOnWireTest {

    private static final int FLIPS = 8;
    private static final AtomicInteger CUSTOMERS = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Customer customer = Customer.create(HOUSE.operator(), "rehearses-" + CUSTOMERS.incrementAndGet());
    private final Maker pumpWorks = Maker.found("Pump Works");
    private final Maker gateWorks = Maker.found("Gate Works");

    @Test
    void a_change_tells_what_it_would_have_flipped() {
        customer.trusts("pumps", pumpWorks.rootPem());
        knocks(pumpWorks.make("pump-1"));
        knocks(pumpWorks.make("pump-2"));
        knocks(pumpWorks.make("pump-2"));

        assertThat(diff("pumps", Map.of("enabled", false)).out()).contains("This flips 3 of 3 attempts.");
        assertThat(diff("pumps", Map.of("enabled", false)).code()).isEqualTo(FLIPS);
        assertThat(diff("pumps", Map.of("keyChange", "allow")).out())
                .contains("This flips 1 of 3 attempts.", "identity_key_changed", "rekeyed");
        Operator.Said type = diff("pumps", Map.of("type", "pump"));
        assertThat(type.out()).contains("This flips 0 of 3 attempts.");
        assertThat(type.code()).isZero();
        assertThat(customer.asks("enrollment", "get", "pumps").path("version").asInt())
                .isEqualTo(1);
    }

    @Test
    void authorities_are_taken_away_and_added_on_what_chains_led_to() {
        customer.trusts("pumps", pumpWorks.rootPem() + gateWorks.rootPem());
        knocks(pumpWorks.make("pump-1"));
        knocks(gateWorks.make("gate-1"));

        assertThat(diff("pumps", authorities(gateWorks.rootPem())).out())
                .contains("This flips 1 of 2 attempts.", "not_proved", "pump-1");
        assertThat(diff("pumps", authorities(gateWorks.rootPem() + pumpWorks.rootPem()))
                        .out())
                .contains("This flips 0 of 2 attempts.");
        assertThat(diff("pumps", authorities(gateWorks.rootPem() + pumpWorks.intermediatePem()))
                        .out())
                .contains("Of 1 it cannot be told.");
    }

    @Test
    void a_recorded_attempt_is_decided_by_then_and_by_now() {
        Device meter = customer.sharesKey("meters").make("meter-1");
        knocks(meter);
        String attempt = customer.why("meter-1").path("attemptId").asText();
        customer.types("enrollment", "rotate-keys", "meters");
        assertThat(now(attempt).path("outcome").asText()).isEqualTo("accepted");
        customer.types("enrollment", "rotate-keys", "meters");

        JsonNode again = customer.asks("policy", "test", "--attempt", attempt);
        assertThat(again.path("repeatable").asBoolean()).isTrue();
        assertThat(again.at("/now/code").asText()).isEqualTo("not_proved");
        assertThat(customer.types("policy", "test", "--attempt", attempt))
                .contains("decides the same again", "It would be refused (not_proved)", "What to do next:");
    }

    @Test
    void a_sample_is_attested_and_decided() {
        customer.trusts("pumps", pumpWorks.rootPem());
        assertThat(test(Map.of(
                                "registrationId",
                                "pump-7",
                                "certificates",
                                pumpWorks.make("pump-7").chainPem()))
                        .at("/now/code")
                        .asText())
                .isEqualTo("initial");
        assertThat(test(Map.of(
                                "registrationId",
                                "pump-8",
                                "certificates",
                                pumpWorks.make("pump-7").chainPem()))
                        .at("/now/code")
                        .asText())
                .isEqualTo("name_mismatch");
        assertThat(test(Map.of(
                                "registrationId",
                                "gate-1",
                                "certificates",
                                gateWorks.make("gate-1").chainPem()))
                        .at("/now/outcome")
                        .asText())
                .isEqualTo("refused");
        JsonNode certified = test(Map.of("registrationId", "pump-7", "proof", "assumed", "certificateFor", "p256"));
        assertThat(certified.at("/now/checks").toString()).contains("certificate_due", "placed");
        assertThat(customer.devices()).isEmpty();
    }

    private JsonNode now(String attempt) {
        return customer.asks("policy", "test", "--attempt", attempt).path("now");
    }

    private JsonNode test(Map<String, Object> sample) {
        return customer.asks(
                "policy", "test", "--enrollment", "pumps", "--sample", customer.file("sample.json", json(sample)));
    }

    private Operator.Said diff(String enrollment, Map<String, Object> change) {
        List<String> words = new ArrayList<>(List.of("policy", "diff", "--enrollment", enrollment));
        words.addAll(List.of("--change", customer.file("change.json", json(change)), "--tenant", customer.scope()));
        return HOUSE.operator().tries(words.toArray(String[]::new));
    }

    private static Map<String, Object> authorities(String pem) {
        return Map.of("proof", Map.of("x509", Map.of("caCertificates", pem)));
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Ending knocks(Device device) {
        return Door.DPS_HTTPS.knock(HOUSE.target(customer.scope()), device);
    }
}
