package io.muster.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessTest {

    private static final Name ACME = new Name("acme");
    private static final Name PUMPS = new Name("pumps");
    private static final Name METERS = new Name("meters");
    private static final KeyId ID = new KeyId("0123456789abcdef");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void a_key_s_text_is_read_as_it_was_made_and_nothing_else_is_one() {
        KeyText made = KeyText.of(ID, new byte[KeyText.CHANCE_BYTES]);
        String text = new String(made.secret().reveal(), StandardCharsets.US_ASCII);
        assertThat(text).isEqualTo("mk_0123456789abcdef_" + "0".repeat(52));
        assertThat(KeyText.parse(text).orElseThrow().verifier()).isEqualTo(made.verifier());
        assertThat(made.toString()).doesNotContain("0000");
        for (String stranger : new String[] {
            "", text + "0", text + "\n", text.toUpperCase(java.util.Locale.ROOT), text.replace("mk_", "mst_"), "mk__"
        }) {
            assertThat(KeyText.parse(stranger)).as(stranger).isEmpty();
        }
    }

    @Test
    void every_text_has_its_own_verifier() {
        byte[] chance = new byte[KeyText.CHANCE_BYTES];
        chance[31] = 1;
        assertThat(KeyText.of(ID, chance).verifier())
                .isNotEqualTo(KeyText.of(ID, new byte[KeyText.CHANCE_BYTES]).verifier())
                .isNotEqualTo(KeyText.of(new KeyId("0".repeat(16)), chance).verifier());
    }

    @Test
    void a_key_ends_at_its_expiry_and_by_revocation() {
        AccessKey key = key(Optional.of(NOON), Optional.empty(), false);
        assertThat(key.standing(NOON.minusMillis(1))).isEqualTo(AccessKey.Standing.ACTIVE);
        assertThat(key.standing(NOON)).isEqualTo(AccessKey.Standing.EXPIRED);
        assertThat(key(Optional.empty(), Optional.empty(), false).standing(NOON))
                .isEqualTo(AccessKey.Standing.ACTIVE);
        assertThat(key(Optional.empty(), Optional.empty(), true).standing(NOON)).isEqualTo(AccessKey.Standing.REVOKED);
    }

    @Test
    void a_use_is_worth_a_note_once_a_minute() {
        assertThat(key(Optional.empty(), Optional.empty(), false).unusedSince(NOON))
                .isTrue();
        AccessKey used = key(Optional.empty(), Optional.of(NOON), false);
        assertThat(used.unusedSince(NOON.plusSeconds(59))).isFalse();
        assertThat(used.unusedSince(NOON.plus(AccessKey.USE_INTERVAL))).isTrue();
    }

    @Test
    void nobody_gives_more_than_they_have() {
        Principal narrow =
                new Principal("key:x", "x", Role.OWNER, new Scope(Optional.of(ACME), Set.of(PUMPS), Set.of()));
        assertThat(narrow.mayGrant(Role.OWNER, narrow.scope())).isTrue();
        assertThat(narrow.mayGrant(Role.OWNER, Scope.of(ACME))).isFalse();
        assertThat(narrow.mayGrant(Role.VIEWER, new Scope(Optional.of(ACME), Set.of(PUMPS, METERS), Set.of())))
                .isFalse();
        assertThat(narrow.mayGrant(Role.VIEWER, Scope.INSTALLATION)).isFalse();
        Principal viewer = new Principal("key:y", "y", Role.VIEWER, Scope.INSTALLATION);
        assertThat(viewer.mayGrant(Role.AUDITOR, Scope.of(ACME))).isFalse();
        assertThat(Principal.BOOTSTRAP.mayGrant(Role.OWNER, Scope.INSTALLATION)).isTrue();
    }

    @Test
    void no_role_but_the_owner_s_touches_keys() {
        for (Role role : Role.values()) {
            assertThat(role.allows(Action.MANAGE_KEYS)).isEqualTo(role == Role.OWNER);
            assertThat(Role.OWNER.covers(role)).isTrue();
        }
    }

    private static AccessKey key(Optional<Instant> expiresAt, Optional<Instant> lastUsed, boolean revoked) {
        return new AccessKey(
                ID,
                "ci",
                new ProvedBy.ApiKey(),
                Role.VIEWER,
                Scope.INSTALLATION,
                "bootstrap",
                NOON.minus(Duration.ofDays(1)),
                expiresAt,
                lastUsed,
                Optional.empty(),
                revoked,
                1);
    }
}
