package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What every door promises ([io.muster.server.device.EveryDoorTest]), at the door of AWS: by a claim, and just in
/// time.
///
/// It has no line in [io.muster.server.testkit.Door], for its wire tells a device neither its outward name nor its
/// hub, nor whether it is new. So the operator is asked what became of it. Not here are the promises about what
/// devices of AWS cannot say: rotated keys (they have certificates), another customer's or nobody's ID scope (they
/// name none), and another hub (they are told none).
class EveryDoorOverAwsTest {

    private static final String NOT_AUTHORIZED = "refused: 5";

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final AwsCustomer ACME = AwsCustomer.create(HOUSE.operator(), "acme");
    private static final Customer CUSTOMER = ACME.customer();
    private static final X509Device CLAIM = claim();

    private final Endpoint endpoint = Endpoint.of(HOUSE);

    private static X509Device claim() {
        ACME.takesClaims("things", ThingTemplate.BODY);
        return ACME.claim("line-1", "things");
    }

    @Test
    void a_device_that_comes_again_is_the_same_device() throws Exception {
        Maker maker = trusted("again");
        X509Device device = maker.make("again-1");
        assertThat(knocks(device)).isEqualTo("in");
        int version = CUSTOMER.device("again-1").path("version").asInt();
        assertThat(knocks(device)).isEqualTo("in");
        assertThat(CUSTOMER.device("again-1").path("version").asInt()).isEqualTo(version);
        assertThat(named("again-")).hasSize(1);

        String token;
        try (Connection first = AwsSdk.V2_OVER_311.connect(endpoint, CLAIM, "again-2")) {
            token = created(first);
            assertThat(register(first, token, "again-2")).isEqualTo("again-2");
        }
        try (Connection second = AwsSdk.V2_OVER_311.connect(endpoint, CLAIM, "again-2")) {
            assertThat(register(second, token, "again-2")).isEqualTo("again-2");
        }
        assertThat(named("again-2")).hasSize(1);
    }

    @Test
    void letter_case_makes_no_other_device() throws Exception {
        Maker maker = trusted("loud");
        assertThat(knocks(maker.make("loud-1"))).isEqualTo("in");
        assertThat(knocks(maker.make("LOUD-1"))).as("another key").isEqualTo(NOT_AUTHORIZED);

        try (Connection connection = AwsSdk.V2_OVER_311.connect(endpoint, CLAIM, "loud")) {
            register(connection, created(connection), "loud-2");
            register(connection, created(connection), "LOUD-2");
        }
        assertThat(named("loud-")).hasSize(2);
    }

    /// Each takes the connection of the one before over: whether a knock hears its answer is chance.
    @Test
    void a_device_that_knocks_sixteen_times_at_once_is_one_device() throws Exception {
        X509Device device = trusted("hasty").make("hasty-1");
        FirstConnects.of(endpoint, Collections.nCopies(16, device));
        assertThat(named("hasty-")).hasSize(1);
        assertThat(knocks(device)).isEqualTo("in");
    }

    @Test
    void an_authority_of_the_same_name_proves_nothing() throws Exception {
        trusted("forged");
        assertThat(knocks(Maker.found("forged").make("forged-1"))).isEqualTo(NOT_AUTHORIZED);
        assertThat(named("forged-")).isEmpty();
    }

    @Test
    void a_disabled_enrollment_lets_nobody_in_not_even_whom_it_let_in_before() throws Exception {
        X509Device device = trusted("closed").make("closed-1");
        assertThat(knocks(device)).isEqualTo("in");
        CUSTOMER.types("enrollment", "disable", "closed");
        assertThat(knocks(device)).isEqualTo(NOT_AUTHORIZED);
        assertThat(CUSTOMER.device("closed-1").path("state").asText()).isEqualTo("enabled");
    }

    @Test
    void a_quarantined_device_is_heard_and_registers_nowhere_until_it_is_released() throws Exception {
        X509Device device = trusted("ill").make("ill-1");
        assertThat(knocks(device)).isEqualTo("in");
        CUSTOMER.types("device", "quarantine", "ill-1", "--reason", "opened");
        assertThat(knocks(device)).isEqualTo("in");
        try (Connection connection = AwsSdk.V2_OVER_311.connect(endpoint, CLAIM, "ill")) {
            denied(connection, "ill-1");
        }
        CUSTOMER.types("device", "release", "ill-1", "--reason", "sealed again");
        assertThat(knocks(device)).isEqualTo("in");
    }

    @Test
    void a_decommissioned_device_comes_back_under_no_name_and_with_no_key() throws Exception {
        Maker maker = trusted("old", "--key-change", "allow");
        X509Device device = maker.make("old-1");
        assertThat(knocks(device)).isEqualTo("in");
        CUSTOMER.types("device", "decommission", "old-1", "--reason", "scrapped", "--yes");

        assertThat(knocks(device)).isEqualTo(NOT_AUTHORIZED);
        assertThat(knocks(maker.make("old-1"))).isEqualTo(NOT_AUTHORIZED);
        try (Connection connection = AwsSdk.V2_OVER_311.connect(endpoint, CLAIM, "old")) {
            denied(connection, "old-1");
        }
        assertThat(CUSTOMER.types("device", "bindings", "old-1")).doesNotContain("bound", "superseded");
    }

    @Test
    void an_outward_name_by_template_leads_to_the_device_as_its_own_name_does() throws Exception {
        X509Device device =
                trusted("site", "--device-id-template", "at-{registrationId}").make("site-1");
        try (Connection connection = AwsSdk.V2_OVER_311.connect(endpoint, device, "site-1")) {
            assertThat(connection.publishes("t/at-site-1/hello", "{}")).isTrue();
        }
        assertThat(lasting("at-site-1")).isEqualTo(lasting("site-1"));
    }

    private static Maker trusted(String enrollment, String... more) {
        Maker maker = Maker.found(enrollment);
        CUSTOMER.trusts(enrollment, maker.rootPem(), more);
        return maker;
    }

    private String knocks(X509Device device) throws InterruptedException {
        return FirstConnects.of(endpoint, List.of(device)).getOrDefault(device.registrationId(), "nothing");
    }

    /// A device but for its presence, which changes by itself.
    private static JsonNode lasting(String name) {
        return ((ObjectNode) CUSTOMER.device(name)).without("presence");
    }

    private static String created(Connection connection) {
        return connection
                .identity()
                .createFromCsr(Thing.pem(new Keysmith().request("nobody")))
                .ownershipToken();
    }

    private static String register(Connection connection, String token, String name) {
        return connection
                .identity()
                .register("things", token, Map.of("SerialNumber", name))
                .thingName();
    }

    private static void denied(Connection connection, String name) {
        String token = created(connection);
        assertThatThrownBy(() -> register(connection, token, name))
                .asInstanceOf(type(Rejected.class))
                .satisfies(it -> assertThat(it.statusCode()).isEqualTo(403));
    }

    private static List<String> named(String prefix) {
        return CUSTOMER.devices().stream()
                .map(it -> it.path("registrationId").asText().toLowerCase(Locale.ROOT))
                .filter(it -> it.startsWith(prefix))
                .toList();
    }
}
