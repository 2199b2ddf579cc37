package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Serial;
import io.muster.store.lane.CredentialRow;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.time.Instant;
import java.util.HexFormat;

/// How a certificate is written in the list that its device keeps. Mostly its key is the device's identity key, or
/// was proved by it: that is said in a byte.
final class CredentialForm {

    private static final int IDENTITY = 0;

    private CredentialForm() {}

    /// @param identity the device's identity key
    static void write(Packer out, Credential credential, IdentityKey identity) {
        out.octets(credential.serial().octets().toArray());
        writeKey(out, credential.key(), identity);
        writeKey(out, credential.provedBy(), identity);
        out.text(credential.subject())
                .number(credential.issuedAt().toEpochMilli())
                .number(credential.notAfter().toEpochMilli())
                .octets(issuer(credential.issuer()))
                .number(credential.shard())
                .number(number(credential.state()));
    }

    static Credential read(Unpacker in, IdentityKey identity) {
        return new Credential(
                new Serial(Bytes.of(in.octets())),
                readKey(in, identity),
                readKey(in, identity),
                in.text(),
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(in.number()),
                in.hex(),
                in.integer(),
                state(in.integer()));
    }

    static void writeKey(Packer out, IdentityKey key, IdentityKey identity) {
        if (key.equals(identity)) {
            out.number(IDENTITY);
        } else {
            out.number(DeviceForm.number(key.kind())).hex(key.fingerprint());
        }
    }

    static IdentityKey readKey(Unpacker in, IdentityKey identity) {
        int kind = in.integer();
        return kind == IDENTITY ? identity : new IdentityKey(DeviceForm.kind(kind), in.hex());
    }

    static byte[] issuer(String issuer) {
        return HexFormat.of().parseHex(issuer);
    }

    static short number(State state) {
        return switch (state) {
            case CURRENT -> CredentialRow.CURRENT;
            case UNUSED -> CredentialRow.UNUSED;
            case REPLACED -> CredentialRow.REPLACED;
            case SUPERSEDED -> CredentialRow.SUPERSEDED;
            case REVOKED -> CredentialRow.REVOKED;
        };
    }

    static State state(int number) {
        return switch (number) {
            case CredentialRow.CURRENT -> State.CURRENT;
            case CredentialRow.UNUSED -> State.UNUSED;
            case CredentialRow.REPLACED -> State.REPLACED;
            case CredentialRow.SUPERSEDED -> State.SUPERSEDED;
            default -> State.REVOKED;
        };
    }
}
