package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.ledger.Operation.Chip;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;

/// How it is written what is kept of the TPM of a deferred try.
final class ChipForm {

    private ChipForm() {}

    static void write(Packer out, Chip chip) {
        out.list(chip.residentKey().stream().toList(), ChipForm::write)
                .list(chip.keys().stream().toList(), ChipForm::write);
    }

    static Chip read(Unpacker in) {
        return new Chip(
                in.list(from -> new IdentityKey(DeviceForm.kind(from.integer()), from.hex())).stream()
                        .findFirst(),
                in.list(ChipForm::readKeys).stream().findFirst());
    }

    private static void write(Packer out, IdentityKey key) {
        out.number(DeviceForm.number(key.kind())).hex(key.fingerprint());
    }

    private static void write(Packer out, TpmChip keys) {
        out.octets(keys.endorsementKey().toArray())
                .list(keys.certificate().stream().toList(), (to, it) -> to.octets(it.toArray()))
                .octets(keys.protectedKey().toArray())
                .text(keys.role().name());
    }

    private static TpmChip readKeys(Unpacker in) {
        return new TpmChip(
                Bytes.of(in.octets()),
                in.list(from -> Bytes.of(from.octets())).stream().findFirst(),
                Bytes.of(in.octets()),
                TpmChip.Role.valueOf(in.text()));
    }
}
