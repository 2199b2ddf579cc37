package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ground;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.TokenId;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryArchive;
import io.muster.core.testkit.PlainFacts;
import io.muster.core.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BeliefTest {

    private static final Anchor FACTORY = anchor("CN=Factory", "f1");
    private static final Anchor ROOT = anchor("CN=Root", "f2");
    private static final Anchor STRANGER = anchor("CN=Stranger", "f3");
    private static final IdentityKey LEAF = Sample.key("leaf");
    private static final IdentityKey CHIP = IdentityKey.ofEndorsementKey(new byte[] {7});
    private static final Basis CHAIN = Basis.Chain.of("f1", List.of("cn=factory ", "CN=Root"));

    private final List<Enrollment> versions = new ArrayList<>();

    @Test
    void a_chain_is_believed_while_its_authority_is_listed_and_not_after() {
        assertThat(after(CHAIN, LEAF, authorities(FACTORY), authorities(FACTORY, STRANGER)))
                .isInstanceOf(Belief.Yes.class);
        assertThat(after(CHAIN, LEAF, authorities(FACTORY, STRANGER), authorities(STRANGER)))
                .isInstanceOf(Belief.No.class);
    }

    @Test
    void an_authority_that_the_chain_names_may_be_where_it_leads_and_nobody_guesses() {
        assertThat(after(CHAIN, LEAF, authorities(FACTORY, ROOT), authorities(ROOT)))
                .isInstanceOf(Belief.Untold.class);
        assertThat(after(CHAIN, LEAF, authorities(FACTORY), authorities(anchor("CN=FACTORY", "f9"))))
                .isInstanceOf(Belief.Untold.class);
    }

    @Test
    void a_pinned_certificate_is_believed_while_it_is_pinned() {
        Basis basis = new Basis.Pinned("f1");
        Proof then = new Proof.Pinned(FACTORY, Optional.empty());
        assertThat(after(basis, LEAF, then, new Proof.Pinned(STRANGER, Optional.of(FACTORY))))
                .isInstanceOf(Belief.Yes.class);
        assertThat(after(basis, LEAF, then, new Proof.Pinned(STRANGER, Optional.empty())))
                .isInstanceOf(Belief.No.class);
    }

    @Test
    void a_symmetric_key_is_believed_until_it_is_rotated_out() {
        IdentityKey key = IdentityKey.ofSymmetric(Sample.PUMP_1);
        Basis primary = new Basis.SharedKey(Basis.SharedKey.Place.PRIMARY);
        Proof then = new Proof.SymmetricKeys(secret("one"), secret("zero"));
        assertThat(after(primary, key, then, new Proof.SymmetricKeys(secret("two"), secret("one"))))
                .isInstanceOf(Belief.Yes.class);
        assertThat(after(primary, key, then, new Proof.SymmetricKeys(secret("three"), secret("two"))))
                .isInstanceOf(Belief.No.class);
        assertThat(after(primary, key, then, authorities(FACTORY))).isInstanceOf(Belief.No.class);
    }

    @Test
    void a_chip_is_believed_while_it_is_listed_and_no_list_is_new() {
        Proof then = manufacturers(Set.of());
        assertThat(after(CHAIN, CHIP, then, manufacturers(Set.of(CHIP.fingerprint()))))
                .isInstanceOf(Belief.Yes.class);
        assertThat(after(CHAIN, CHIP, then, manufacturers(Set.of("00")))).isInstanceOf(Belief.No.class);
        assertThat(after(CHAIN, CHIP, then, manufacturers(Set.of(), Bytes.of(new byte[] {1}))))
                .isInstanceOf(Belief.Untold.class);
        assertThat(after(CHAIN, CHIP, manufacturers(Set.of(), Bytes.of(new byte[] {1})), then))
                .isInstanceOf(Belief.Yes.class);
    }

    @Test
    void a_pinned_chip_is_believed_while_its_key_is_pinned() {
        Proof then = new Proof.TpmPinned(Bytes.of(new byte[] {7}));
        assertThat(after(new Basis.Itself(), CHIP, then, then)).isInstanceOf(Belief.Yes.class);
        assertThat(after(new Basis.Itself(), CHIP, then, new Proof.TpmPinned(Bytes.of(new byte[] {8}))))
                .isInstanceOf(Belief.No.class);
    }

    @Test
    void what_was_deferred_before_it_was_decided_is_believed_by_the_same_proof_alone() {
        assertThat(after(new Basis.Unsaid(), LEAF, authorities(FACTORY), authorities(FACTORY)))
                .isInstanceOf(Belief.Yes.class);
        assertThat(after(new Basis.Unsaid(), LEAF, authorities(FACTORY), authorities(FACTORY, STRANGER)))
                .isInstanceOf(Belief.Untold.class);
    }

    @Test
    void tokens_and_certificates_issued_here_are_believed_by_their_own_enrollment_alone() {
        Standing token = new Standing.ByToken(new TokenId(new UUID(0, 1)));
        Standing issued = new Standing.ByCertificate(serial(), Instant.EPOCH);
        Enrollment other = enrollment("others", 1, new Proof.OneTimeTokens());
        for (Standing shown : List.of(token, issued)) {
            Ground ground = ground(shown, LEAF, new Basis.Itself());
            Enrollment own = enrollment("pumps", 2, new Proof.OneTimeTokens());
            assertThat(Belief.of(ground, origin(), own, past())).isInstanceOf(Belief.Yes.class);
            assertThat(Belief.of(ground, origin(), other, past())).isInstanceOf(Belief.No.class);
        }
    }

    @Test
    void a_device_that_one_enrollment_refuses_is_taken_by_another_that_believes_it() {
        Enrollment then = enrollment("pumps", 1, authorities(FACTORY));
        versions.add(then);
        Ground ground = ground(new Standing.ByIdentity(), LEAF, CHAIN);
        Attempt attempt = attempt(ground);
        Enrollment disabled = Sample.disabled(then);
        Enrollment other = enrollment("gates", 1, authorities(STRANGER, FACTORY));
        Enrollment unsure = enrollment("doors", 1, authorities(ROOT));

        assertThat(decided(attempt, ground, disabled)).isEqualTo("enrollment_disabled");
        assertThat(decided(attempt, ground, disabled, other)).isEqualTo("initial");
        assertThat(decided(attempt, ground, disabled, unsure)).startsWith("the chain may lead to");
        assertThat(decided(attempt, ground, enrollment("doors", 1, new Proof.OneTimeTokens())))
                .isEqualTo("not_proved");
    }

    private String decided(Attempt attempt, Ground ground, Enrollment... candidates) {
        Recognized recognized = Sample.recognized(Sample.request(Sample.PUMP_1, "red", "k1"), candidates);
        return switch (new Replay(past(), new PlainFacts()).decide(attempt, ground, recognized)) {
            case Foretold.Decided it -> it.code();
            case Foretold.Untold it -> it.why();
        };
    }

    private static Attempt attempt(Ground ground) {
        return new Attempt(
                new AttemptId(new UUID(0, 1)),
                Sample.ACME.name(),
                Sample.PUMP_1,
                Sample.NOW,
                Optional.of(origin()),
                Attempt.Result.ACCEPTED,
                "initial",
                List.of(),
                "test-door",
                "192.0.2.7",
                Optional.of(ground));
    }

    private Belief after(Basis basis, IdentityKey key, Proof then, Proof now) {
        versions.clear();
        versions.add(enrollment("pumps", 1, then));
        return Belief.of(ground(new Standing.ByIdentity(), key, basis), origin(), enrollment("pumps", 2, now), past());
    }

    private Past past() {
        return new Past(new MemoryArchive(new Gatehouse(), versions.toArray(Enrollment[]::new)), Sample.ACME.name());
    }

    private static Ground ground(Standing shown, IdentityKey key, Basis basis) {
        Ground.Known known = new Ground.Known(Optional.empty(), false, false, false);
        return new Ground(key, shown, basis, false, known, Optional.empty(), false);
    }

    private static Enrollment enrollment(String name, int version, Proof proof) {
        return new Enrollment(Sample.ACME.name(), new Name(name), version, Optional.empty(), proof, Sample.KEEP, true);
    }

    private static Origin origin() {
        return new Origin(new Name("pumps"), 1);
    }

    private static Proof authorities(Anchor... anchors) {
        return new Proof.Authorities(List.of(anchors));
    }

    private static Proof manufacturers(Set<String> allowed, Bytes... lists) {
        return new Proof.TpmManufacturers(List.of(FACTORY), List.of(lists), allowed);
    }

    private static Anchor anchor(String subject, String fingerprint) {
        return new Anchor(Bytes.of(new byte[] {1}), subject, fingerprint, Instant.MAX);
    }

    private static Secret secret(String word) {
        return Secret.of(word.getBytes(StandardCharsets.UTF_8));
    }

    private static Serial serial() {
        byte[] octets = new byte[Serial.SIZE];
        octets[0] = Serial.MARK;
        return new Serial(Bytes.of(octets));
    }
}
