package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.dps.Ending;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Installation;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a device may rely on, whatever door it comes through.
@ParameterizedClass
@EnumSource(Door.class)
class EveryDoorTest {

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Door door;
    private final Customer customer = Customer.create(HOUSE.operator(), "customer-" + CUSTOMERS.incrementAndGet());

    EveryDoorTest(Door door) {
        this.door = door;
    }

    @Test
    void a_device_that_comes_again_is_the_same_device() {
        Device device = customer.sharesKey("meters").make("meter-1");

        assertThat(knocks(device)).isEqualTo(new Ending.Enrolled("meter-1", Customer.HUB));
        assertThat(knocks(device)).isEqualTo(new Ending.Reenrolled("meter-1", Customer.HUB));
        assertThat(customer.devices()).hasSize(1);
    }

    @Test
    void letter_case_makes_no_other_device() {
        byte[] key = Base64.getDecoder().decode(customer.givesKey("lab", "meter-1"));

        assertThat(knocks(new SymmetricDevice("meter-1", key))).isInstanceOf(Ending.Enrolled.class);
        Ending shouted = knocks(new SymmetricDevice("METER-1", key));

        assertThat(shouted).isInstanceOf(Ending.Reenrolled.class);
        assertThat(customer.devices()).hasSize(1);
    }

    @Test
    void a_device_that_knocks_sixteen_times_at_once_is_one_device() throws Exception {
        Maker maker = Maker.found("Impatient Works");
        customer.trusts("pumps", maker.rootPem());
        Device device = maker.make("pump-1");

        List<Ending> endings = atOnce(16, device);

        assertThat(endings).allSatisfy(ending -> assertThat(deviceId(ending)).isEqualTo("pump-1"));
        assertThat(endings)
                .filteredOn(Ending.Enrolled.class::isInstance)
                .hasSizeBetween(door.answersEveryKnock() ? 1 : 0, 1);
        assertThat(customer.devices()).hasSize(1);
    }

    @Test
    void a_name_at_two_customers_is_two_devices() {
        Customer other = Customer.create(HOUSE.operator(), customer.scope() + "-rival");
        Device ours = customer.sharesKey("meters").make("meter-1");
        Device theirs = other.sharesKey("meters").make("meter-1");

        assertThat(door.knock(HOUSE.target(customer.scope()), ours)).isInstanceOf(Ending.Enrolled.class);
        assertThat(door.knock(HOUSE.target(other.scope()), theirs)).isInstanceOf(Ending.Enrolled.class);
        assertThat(refusal(door.knock(HOUSE.target(other.scope()), ours))).isIn(door.tells(401));
    }

    @Test
    void a_wrong_proof_is_refused_and_explained() {
        customer.sharesKey("meters");
        Device impostor = GroupKey.fromBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                .make("meter-1");

        assertThat(refusal(knocks(impostor))).isIn(door.tells(401));
        assertThat(customer.types("why", "meter-1")).contains("was refused", "What to do next:");
        assertThat(customer.devices()).isEmpty();
    }

    @Test
    void a_disabled_enrollment_lets_nobody_in_not_even_whom_it_let_in_before() {
        Device device = customer.sharesKey("meters").make("meter-1");
        knocks(device);

        customer.types("enrollment", "disable", "meters");

        assertThat(refusal(knocks(device))).isIn(door.tells(403));
        assertThat(customer.device("meter-1").path("state").asText()).isEqualTo("enabled");
    }

    @Test
    void a_quarantined_device_is_refused_until_it_is_released() {
        Device device = customer.sharesKey("meters").make("meter-1");
        knocks(device);

        customer.types("device", "quarantine", "meter-1", "--reason", "opened");
        assertThat(refusal(knocks(device))).isIn(door.tells(403));
        assertThat(customer.why("meter-1").path("code").asText()).isEqualTo("device_quarantined");

        customer.types("device", "release", "meter-1", "--reason", "sealed again");
        assertThat(knocks(device)).isEqualTo(new Ending.Reenrolled("meter-1", Customer.HUB));
    }

    @Test
    void a_decommissioned_device_comes_back_under_no_name_and_with_no_key() {
        Maker maker = Maker.found("Thorough Works");
        customer.trusts("pumps", maker.rootPem(), "--key-change", "allow");
        Device device = maker.make("pump-1");
        knocks(device);

        customer.types("device", "decommission", "pump-1", "--reason", "scrapped", "--yes");

        assertThat(refusal(knocks(device))).isIn(door.tells(403));
        assertThat(refusal(knocks(maker.make("pump-1")))).isIn(door.tells(403));
        assertThat(customer.why("pump-1").path("code").asText()).isEqualTo("blocked");
        assertThat(customer.types("device", "bindings", "pump-1")).doesNotContain("bound", "superseded");
        assertThat(customer.device("pump-1").path("state").asText()).isEqualTo("decommissioned");
    }

    @Test
    void after_a_rotation_the_old_primary_key_works_and_after_two_it_does_not() {
        Device device = customer.sharesKey("meters").make("meter-1");

        customer.types("enrollment", "rotate-keys", "meters");
        assertThat(knocks(device)).isInstanceOf(Ending.Enrolled.class);
        customer.types("enrollment", "rotate-keys", "meters");
        assertThat(refusal(knocks(device))).isIn(door.tells(401));
    }

    @Test
    void a_device_moves_when_its_enrollment_has_another_hub() {
        customer.types("hub", "create", "us-1", "--region", "us", "--endpoint", "mqtts://us-1.example.com:8883");
        Device device = customer.sharesKey("meters", "--hub", "eu-1").make("meter-1");
        knocks(device);

        customer.types("enrollment", "change", "meters", "--hub", "us-1");

        assertThat(knocks(device)).isEqualTo(new Ending.Reenrolled("meter-1", "us-1.example.com"));
        assertThat(customer.device("meter-1").path("region").asText()).isEqualTo("us");
        assertThat(customer.why("meter-1").path("code").asText()).isEqualTo("migrated");
    }

    @Test
    void a_device_stays_where_its_enrollment_keeps_devices() {
        customer.types("hub", "create", "us-1", "--region", "us", "--endpoint", "mqtts://us-1.example.com:8883");
        Device device = customer.sharesKey("meters", "--hub", "eu-1", "--reprovision", "keep")
                .make("meter-1");
        knocks(device);

        customer.types("enrollment", "change", "meters", "--hub", "us-1");

        assertThat(knocks(device)).isEqualTo(new Ending.Reenrolled("meter-1", Customer.HUB));
    }

    @Test
    void an_outward_name_by_template_leads_to_the_device_as_its_own_name_does() {
        Device device = customer.sharesKey("meters", "--device-id-template", "site-{registrationId}")
                .make("meter-1");

        assertThat(knocks(device)).isEqualTo(new Ending.Enrolled("site-meter-1", Customer.HUB));
        assertThat(customer.device("site-meter-1")).isEqualTo(customer.device("meter-1"));
        assertThat(customer.why("site-meter-1")).isEqualTo(customer.why("meter-1"));
    }

    @Test
    void a_device_of_a_customer_that_nobody_knows_is_refused() {
        Device device = customer.sharesKey("meters").make("meter-1");

        assertThat(refusal(door.knock(HOUSE.target("nobody"), device))).isIn(door.tells(404));
    }

    private Ending knocks(Device device) {
        return door.knock(HOUSE.target(customer.scope()), device);
    }

    private List<Ending> atOnce(int times, Device device) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Collections.nCopies(times, (Callable<Ending>) () -> knocks(device))).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static String deviceId(Ending ending) {
        return switch (ending) {
            case Ending.Enrolled enrolled -> enrolled.deviceId();
            case Ending.Reenrolled again -> again.deviceId();
            case Ending.Refused refused -> throw new AssertionError(refused);
            case Ending.Lost lost -> throw new AssertionError(lost);
        };
    }

    /// The status of a refusal.
    private static int refusal(Ending ending) {
        if (ending instanceof Ending.Refused refused) {
            return refused.status();
        }
        throw new AssertionError("not refused: " + ending);
    }
}
