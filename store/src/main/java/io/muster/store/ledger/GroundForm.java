package io.muster.store.ledger;

import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Advised;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.Facts;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How the ground of a decision is written: as little as can be, since every try has one.
final class GroundForm {

    private static final int ITSELF = 0;
    private static final int CHAIN = 1;
    private static final int PINNED = 2;
    private static final int SHARED_KEY = 3;
    private static final int UNSAID = 4;

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private GroundForm() {}

    static void write(Packer out, Ground ground) {
        Ground.Known known = ground.known();
        out.number(flags(ground.named(), ground.late(), known.keyElsewhere(), known.nameBlocked(), known.keyBlocked()));
        out.number(DeviceForm.number(ground.key().kind()));
        if (ground.key().kind() != IdentityKey.Kind.SYMMETRIC) {
            out.hex(ground.key().fingerprint());
        }
        RequestForm.write(out, ground.shown());
        write(out, ground.basis());
        out.list(known.device().stream().toList(), GroundForm::write);
        out.list(ground.wish().stream().toList(), GroundForm::write);
        out.list(ground.said().stream().toList(), GroundForm::write);
        out.list(ground.advised().stream().toList(), AdviceForm::write);
    }

    /// @param name whose try it is: a symmetric key is the name itself
    static Ground read(Unpacker in, RegistrationId name) {
        int flags = in.integer();
        IdentityKey.Kind kind = DeviceForm.kind(in.integer());
        IdentityKey key =
                kind == IdentityKey.Kind.SYMMETRIC ? IdentityKey.ofSymmetric(name) : new IdentityKey(kind, in.hex());
        Standing shown = RequestForm.readStanding(in);
        Basis basis = readBasis(in);
        Optional<Ground.Before> before =
                in.list(GroundForm::readBefore).stream().findFirst();
        Optional<Ground.Wish> wish = in.list(GroundForm::readWish).stream().findFirst();
        Optional<Ground.Said> said = in.list(GroundForm::readSaid).stream().findFirst();
        Optional<Advised> advised = in.list(AdviceForm::read).stream().findFirst();
        Ground.Known known = new Ground.Known(before, flag(flags, 2), flag(flags, 3), flag(flags, 4));
        return new Ground(key, shown, basis, flag(flags, 0), known, wish, flag(flags, 1), said, advised);
    }

    private static void write(Packer out, Ground.Said said) {
        out.maybe(said.words().map(Json::text)).list(said.misfit().stream().toList(), (to, it) -> to.text(it.place())
                .text(it.rule()));
    }

    private static Ground.Said readSaid(Unpacker in) {
        return new Ground.Said(
                in.maybe().map(Json::new),
                in.list(it -> new Facts.Misfit(it.text(), it.text())).stream().findFirst());
    }

    private static void write(Packer out, Basis basis) {
        switch (basis) {
            case Basis.Itself() -> out.number(ITSELF);
            case Basis.Chain it -> out.number(CHAIN).hex(it.anchor()).octets(octets(it.issuers()));
            case Basis.Pinned it -> out.number(PINNED).hex(it.certificate());
            case Basis.SharedKey it ->
                out.number(SHARED_KEY).number(it.place() == Basis.SharedKey.Place.PRIMARY ? 0 : 1);
            case Basis.Unsaid() -> out.number(UNSAID);
        }
    }

    private static Basis readBasis(Unpacker in) {
        int kind = in.integer();
        return switch (kind) {
            case ITSELF -> new Basis.Itself();
            case CHAIN -> new Basis.Chain(in.hex(), integers(in.octets()));
            case PINNED -> new Basis.Pinned(in.hex());
            case SHARED_KEY ->
                new Basis.SharedKey(
                        in.integer() == 0 ? Basis.SharedKey.Place.PRIMARY : Basis.SharedKey.Place.SECONDARY);
            case UNSAID -> new Basis.Unsaid();
            default ->
                throw new IllegalStateException(
                        "An attempt rests on something (" + kind + ") that this version of Muster does not know.");
        };
    }

    private static void write(Packer out, Ground.Before before) {
        out.text(before.state() == DeviceState.ENABLED ? "" : before.state().name())
                .number(flags(before.sameKey(), before.sameElse()))
                .text(before.hub().value())
                .text(before.enrollment().value())
                .maybe(before.type())
                .list(before.certificates(), GroundForm::write);
    }

    private static Ground.Before readBefore(Unpacker in) {
        String state = in.text();
        int flags = in.integer();
        return new Ground.Before(
                state.isEmpty() ? DeviceState.ENABLED : DeviceState.valueOf(state),
                flag(flags, 0),
                new Name(in.text()),
                new Name(in.text()),
                in.maybe(),
                flag(flags, 1),
                in.list(GroundForm::readHeld));
    }

    private static void write(Packer out, Ground.Held held) {
        out.number(CredentialForm.number(held.state()))
                .number(held.issuedAt().toEpochMilli())
                .number(held.notAfter().toEpochMilli() - held.issuedAt().toEpochMilli())
                .number(held.tail())
                .number(flags(held.shown(), held.askedKey(), held.askedSubject()));
    }

    private static Ground.Held readHeld(Unpacker in) {
        Credential.State state = CredentialForm.state(in.integer());
        Instant issuedAt = Instant.ofEpochMilli(in.number());
        Instant notAfter = issuedAt.plusMillis(in.number());
        int tail = in.integer();
        int flags = in.integer();
        return new Ground.Held(state, issuedAt, notAfter, tail, flag(flags, 0), flag(flags, 1), flag(flags, 2));
    }

    private static void write(Packer out, Ground.Wish wish) {
        out.text(wish.purpose().name())
                .text(wish.algorithm().name())
                .number(flags(wish.keyElsewhere(), wish.keyBlocked()))
                .list(wish.asked().stream().toList(), GroundForm::write);
    }

    private static Ground.Wish readWish(Unpacker in) {
        Purpose purpose = Purpose.valueOf(in.text());
        KeyAlgorithm algorithm = KeyAlgorithm.valueOf(in.text());
        int flags = in.integer();
        Optional<Asked> asked = in.list(GroundForm::readAsked).stream().findFirst();
        return new Ground.Wish(purpose, algorithm, asked, flag(flags, 0), flag(flags, 1));
    }

    private static void write(Packer out, Asked asked) {
        out.number(flags(asked.authority(), asked.channelBinding()))
                .text(asked.subject())
                .maybe(asked.commonName())
                .list(asked.names(), (to, name) -> to.text(name.kind().name()).text(name.value()))
                .list(asked.purposes().stream().sorted().toList(), Packer::text)
                .maybe(asked.newSubject());
    }

    private static Asked readAsked(Unpacker in) {
        int flags = in.integer();
        return new Asked(
                in.text(),
                NOTHING,
                in.maybe(),
                in.list(from -> new AlternativeName(AlternativeName.Kind.valueOf(from.text()), from.text())),
                flag(flags, 0),
                Set.copyOf(in.list(Unpacker::text)),
                in.maybe(),
                flag(flags, 1));
    }

    private static int flags(boolean... set) {
        int flags = 0;
        for (int bit = 0; bit < set.length; bit++) {
            flags |= set[bit] ? 1 << bit : 0;
        }
        return flags;
    }

    private static boolean flag(int flags, int bit) {
        return (flags >> bit & 1) == 1;
    }

    private static byte[] octets(List<Integer> values) {
        ByteBuffer octets = ByteBuffer.allocate(values.size() * Integer.BYTES);
        values.forEach(octets::putInt);
        return octets.array();
    }

    private static List<Integer> integers(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        return Stream.generate(in::getInt).limit(octets.length / Integer.BYTES).toList();
    }
}
