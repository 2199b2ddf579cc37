package io.muster.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Advised;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Check;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.Facts;
import io.muster.core.roster.TokenId;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Squeeze;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptFormTest {

    private static final Name ACME = new Name("acme");
    private static final AttemptId ID = new AttemptId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-11-23T18:30:00.123Z");
    private static final RegistrationId NAME =
            RegistrationId.parse("Pump-000123").orElseThrow();
    private static final IdentityKey KEY = IdentityKey.ofPublicKey(new byte[] {1, 2, 3});
    private static final Ground.Known NEW = new Ground.Known(Optional.empty(), false, false, false);

    private final AttemptForm form = new AttemptForm();

    @Test
    void a_ground_comes_back_as_it_was() {
        Ground.Held held = new Ground.Held(
                Credential.State.REPLACED, AT.minusSeconds(7), AT.plusSeconds(77), 65_535, true, false, true);
        Ground.Before before = new Ground.Before(
                DeviceState.ENABLED,
                true,
                new Name("eu-1"),
                new Name("pumps"),
                Optional.of("pump"),
                false,
                List.of(held));
        Asked asked = new Asked(
                "cn=pump-000123",
                Bytes.of(new byte[0]),
                Optional.of("pump-000123"),
                List.of(new AlternativeName(AlternativeName.Kind.DNS, "pump.example.com")),
                false,
                Set.of("1.3.6.1.5.5.7.3.2"),
                Optional.of("cn=other"),
                true);
        Ground.Wish wish = new Ground.Wish(Purpose.RENEW, KeyAlgorithm.P384, Optional.of(asked), true, false);
        Serial serial = new Serial(Bytes.of(serial()));
        for (Ground ground : List.of(
                ground(new Standing.ByIdentity(), Basis.Chain.of("ab".repeat(32), List.of("CN=A", "CN=B"))),
                ground(new Standing.ByIdentity(), new Basis.Pinned("cd".repeat(32))),
                ground(new Standing.ByIdentity(), new Basis.Unsaid()),
                ground(new Standing.ByToken(new TokenId(new UUID(3, 4))), new Basis.Itself()),
                new Ground(
                        IdentityKey.ofSymmetric(NAME),
                        new Standing.ByIdentity(),
                        new Basis.SharedKey(Basis.SharedKey.Place.SECONDARY),
                        false,
                        NEW,
                        Optional.empty(),
                        true,
                        Optional.of(new Ground.Said(
                                Optional.of(new Json("{\"type\":\"boat\"}")),
                                Optional.of(new Facts.Misfit("/type", "/properties/type/enum")))),
                        Optional.of(new Advised(
                                new HookUrl("https://hooks.example.com/place"),
                                new Advice.Host("eu-1.example.com", Optional.empty())))),
                new Ground(
                        KEY,
                        new Standing.ByCertificate(serial, AT),
                        new Basis.Itself(),
                        true,
                        new Ground.Known(Optional.of(before), true, false, true),
                        Optional.of(wish),
                        false))) {
            Attempt attempt = attempt(Optional.of(ground));
            assertThat(form.read(ID, ACME, (short) 1, form.write(attempt))).isEqualTo(attempt);
        }
    }

    @Test
    void an_attempt_of_the_first_form_is_read_and_has_no_ground() {
        Attempt attempt = attempt(Optional.empty());
        byte[] old = new Squeeze()
                .squeeze(new Packer(1)
                        .number(AT.toEpochMilli())
                        .text("Pump-000123")
                        .maybe(Optional.of("pumps"))
                        .number(3)
                        .text("initial")
                        .text("dps-https")
                        .text("192.0.2.7")
                        .list(attempt.trace(), (out, check) -> out.number(0)
                                .text(check.code())
                                .text(check.input())
                                .text(check.rule())
                                .text(check.remedy()))
                        .bytes());
        assertThat(form.read(ID, ACME, (short) 1, old)).isEqualTo(attempt);
    }

    @Test
    void a_ground_takes_at_most_100_bytes_where_a_chain_was_shown() {
        Ground.Before before = new Ground.Before(
                DeviceState.ENABLED, true, new Name("eu-1"), new Name("pumps"), Optional.of("pump"), true, List.of());
        Ground ground = new Ground(
                KEY,
                new Standing.ByIdentity(),
                Basis.Chain.of(IdentityKey.ofPublicKey(new byte[] {9}).fingerprint(), List.of("CN=A", "CN=B")),
                false,
                new Ground.Known(Optional.of(before), false, false, false),
                Optional.empty(),
                false);
        int without = form.write(attempt(Optional.empty())).length;
        int with = form.write(attempt(Optional.of(ground))).length;
        assertThat(with - without).isBetween(64, 100);
    }

    private static Ground ground(Standing shown, Basis basis) {
        return new Ground(KEY, shown, basis, false, NEW, Optional.empty(), false);
    }

    private static Attempt attempt(Optional<Ground> ground) {
        return new Attempt(
                ID,
                ACME,
                NAME,
                AT,
                Optional.of(new Origin(new Name("pumps"), 3)),
                Attempt.Result.ACCEPTED,
                "initial",
                List.of(
                        Check.pass("chain_valid", "CN=Pump-000123 → CN=Factory", "Every signature holds."),
                        Check.pass("placed", "eu-1 in eu", "A new device goes where the allocation puts it.")),
                "dps-https",
                "192.0.2.7",
                ground);
    }

    private static byte[] serial() {
        byte[] octets = new byte[Serial.SIZE];
        octets[0] = Serial.MARK;
        octets[Serial.SIZE - 1] = 5;
        return octets;
    }
}
