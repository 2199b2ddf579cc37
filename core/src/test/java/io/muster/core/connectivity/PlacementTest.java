package io.muster.core.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.testkit.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Allocation ALL = new Allocation.Hashed(List.of());
    private static final Hub A = Sample.hub("a", "eu", 100);
    private static final Hub B = Sample.hub("b", "eu", 200);
    private static final Hub C = Sample.hub("c", "us", 100);
    private static final List<RegistrationId> DEVICES =
            IntStream.range(0, 20_000).mapToObj(i -> Sample.id("pump-" + i)).toList();

    @Test
    void the_order_of_the_hubs_and_the_case_of_the_name_do_not_matter() {
        List<Hub> shuffled = new ArrayList<>(List.of(A, B, C));
        Random random = new Random(1);
        for (RegistrationId device : DEVICES.subList(0, 200)) {
            Collections.shuffle(shuffled, random);
            assertThat(Placement.place(device, ALL, shuffled))
                    .isEqualTo(Placement.place(device, ALL, List.of(A, B, C)));
            assertThat(Placement.place(Sample.id("PUMP-7"), ALL, shuffled))
                    .isEqualTo(Placement.place(Sample.id("pump-7"), ALL, shuffled));
        }
    }

    @Test
    void a_known_device_is_put_where_every_release_has_put_it() {
        Map<String, String> placed = IntStream.range(0, 6)
                .mapToObj(i -> Sample.id("pump-" + i))
                .collect(Collectors.toMap(RegistrationId::display, id -> hubOf(id, List.of(A, B, C))));
        assertThat(placed)
                .isEqualTo(Map.of(
                        "pump-0", "b", "pump-1", "b", "pump-2", "c", "pump-3", "a", "pump-4", "a", "pump-5", "a"));
    }

    @Test
    void hubs_are_filled_in_proportion_to_their_weights() {
        Map<String, Long> counts = count(List.of(A, B, C));
        assertThat(counts.getOrDefault("a", 0L) / 20_000.0).isCloseTo(0.25, within(0.012));
        assertThat(counts.getOrDefault("b", 0L) / 20_000.0).isCloseTo(0.50, within(0.012));
        assertThat(counts.getOrDefault("c", 0L) / 20_000.0).isCloseTo(0.25, within(0.012));
    }

    @Test
    void a_weight_of_one_against_a_thousand_still_gets_its_share() {
        Map<String, Long> counts = count(List.of(Sample.hub("small", "eu", 1), Sample.hub("large", "eu", 999)));
        assertThat(counts.getOrDefault("small", 0L)).isBetween(5L, 45L);
    }

    @Test
    void a_new_hub_takes_its_share_and_moves_nothing_between_the_others() {
        List<Hub> before = List.of(A, B);
        List<Hub> after = List.of(A, B, C);
        List<RegistrationId> moved = DEVICES.stream()
                .filter(device -> !hubOf(device, before).equals(hubOf(device, after)))
                .toList();
        assertThat(moved).allSatisfy(device -> assertThat(hubOf(device, after)).isEqualTo("c"));
        assertThat(moved.size() / 20_000.0).isCloseTo(0.25, within(0.012));
    }

    @Test
    void a_hub_that_leaves_moves_its_own_devices_only() {
        for (Hub leaving : List.of(B, Sample.disabled(B))) {
            List<Hub> after = leaving.enabled() ? List.of(A, C) : List.of(A, leaving, C);
            for (RegistrationId device : DEVICES.subList(0, 2_000)) {
                String before = hubOf(device, List.of(A, B, C));
                assertThat(hubOf(device, after))
                        .matches(hub -> before.equals("b") ? !hub.equals("b") : hub.equals(before));
            }
        }
    }

    @Test
    void a_hub_that_grows_only_attracts() {
        List<Hub> before = List.of(A, B, C);
        List<Hub> after = List.of(Sample.hub("a", "eu", 300), B, C);
        for (RegistrationId device : DEVICES.subList(0, 2_000)) {
            assertThat(hubOf(device, after)).isIn("a", hubOf(device, before));
        }
    }

    @Test
    void a_hub_of_weight_zero_takes_no_device_by_hash() {
        Hub full = Sample.hub("full", "eu", 0);
        assertThat(count(List.of(A, full))).containsOnlyKeys("a");
        assertThat(Placement.place(Sample.PUMP_1, ALL, List.of(full))).isEmpty();
    }

    @Test
    void only_linked_hubs_are_used() {
        Allocation linked = new Allocation.Hashed(List.of(new Name("a"), new Name("c"), new Name("gone")));
        assertThat(DEVICES.stream().limit(500).map(device -> name(Placement.place(device, linked, List.of(A, B, C)))))
                .containsOnly("a", "c");
    }

    @Test
    void a_static_allocation_puts_every_device_on_its_hub_whatever_the_weight() {
        Allocation fixed = new Allocation.Static(new Name("full"));
        Hub full = Sample.hub("full", "eu", 0);
        assertThat(Placement.place(Sample.PUMP_1, fixed, List.of(A, full))).contains(full);
    }

    @Test
    void a_static_allocation_to_a_disabled_or_missing_hub_finds_none() {
        Allocation fixed = new Allocation.Static(new Name("b"));
        assertThat(Placement.place(Sample.PUMP_1, fixed, List.of(A, Sample.disabled(B))))
                .isEmpty();
        assertThat(Placement.place(Sample.PUMP_1, fixed, List.of(A))).isEmpty();
    }

    @Test
    void no_hub_at_all_is_not_a_fault() {
        assertThat(Placement.place(Sample.PUMP_1, ALL, List.of())).isEmpty();
        assertThat(Placement.place(Sample.PUMP_1, ALL, List.of(Sample.disabled(A))))
                .isEmpty();
    }

    private static Map<String, Long> count(List<Hub> hubs) {
        return DEVICES.stream()
                .map(device -> hubOf(device, hubs))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String hubOf(RegistrationId device, List<Hub> hubs) {
        return name(Placement.place(device, ALL, hubs));
    }

    private static String name(Optional<Hub> hub) {
        return hub.orElseThrow().name().value();
    }
}
