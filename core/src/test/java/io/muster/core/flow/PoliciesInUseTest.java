package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.ThingPolicy;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReading;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.testkit.MemoryRoster;
import io.muster.core.testkit.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoliciesInUseTest {

    private static final PolicyName PUMPS = new PolicyName("pumps");
    private static final List<ThingPolicy> ATTACHED =
            List.of(new ThingPolicy.Written(new Json("own")), new ThingPolicy.Named(PUMPS));

    private final MemoryRoster roster = new MemoryRoster();
    private final List<String> read = new ArrayList<>();
    private final PoliciesInUse inUse = new PoliciesInUse(this::reading, roster);

    private PolicyReading reading(String text) {
        read.add(text);
        return new PolicyReading.Read(document(text));
    }

    private static PolicyDocument document(String text) {
        return new PolicyDocument(new Json(text), List.of());
    }

    private static NamedPolicy pumps(int version, String document) {
        return new NamedPolicy(Sample.ACME.name(), PUMPS, version, new Json(document));
    }

    @Test
    void a_policy_with_a_name_says_what_it_says_at_the_time_and_one_of_the_devices_own_what_it_ever_said() {
        roster.publish(pumps(1, "first"));
        assertThat(inUse.attached(Sample.ACME.name(), ATTACHED))
                .containsExactly(
                        AttachedPolicy.own(document("own")),
                        new AttachedPolicy.Standing(Optional.of(PUMPS), document("first")));
        roster.publish(pumps(2, "second"));
        assertThat(inUse.attached(Sample.ACME.name(), ATTACHED))
                .last()
                .isEqualTo(new AttachedPolicy.Standing(Optional.of(PUMPS), document("second")));
    }

    @Test
    void a_document_is_read_again_once() {
        roster.publish(pumps(1, "first"));
        inUse.attached(Sample.ACME.name(), ATTACHED);
        inUse.attached(Sample.ACME.name(), ATTACHED);
        assertThat(read).containsExactly("own", "first");
    }

    @Test
    void a_policy_that_is_not_there_is_gone_and_so_is_one_of_another_tenant() {
        assertThat(inUse.attached(Sample.ACME.name(), ATTACHED)).last().isEqualTo(new AttachedPolicy.Gone(PUMPS));
        roster.publish(pumps(1, "first"));
        assertThat(inUse.attached(new Name("other"), ATTACHED)).last().isEqualTo(new AttachedPolicy.Gone(PUMPS));
    }
}
