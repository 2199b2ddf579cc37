package io.muster.store.ledger;

import io.muster.core.door.Parting;
import io.muster.core.ledger.Presence;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.time.Instant;
import java.util.Optional;

/// A presence as bytes, under the seal of its device.
final class PresenceForm {

    private static final int FORM = 1;

    /// While it is connected.
    private static final int HERE = 0;

    private PresenceForm() {}

    static byte[] write(Presence presence) {
        return new Packer(FORM)
                .text(presence.door())
                .maybe(presence.network())
                .number(presence.since().toEpochMilli())
                .number(presence.lastSeen().toEpochMilli())
                .number(presence.parting().map(PresenceForm::number).orElse(HERE))
                .bytes();
    }

    static Presence read(byte[] bytes) {
        Unpacker in = new Unpacker(FORM, bytes);
        return new Presence(
                in.text(),
                in.maybe(),
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(in.number()),
                parting(in.integer()));
    }

    /// The numbers are in rows and never change.
    private static int number(Parting parting) {
        return switch (parting) {
            case LEFT -> 1;
            case LOST -> 2;
            case SILENT -> 3;
            case TAKEN_OVER -> 4;
            case BROKE_RULES -> 5;
            case DENIED -> 6;
            case SLOW -> 7;
            case DISMISSED -> 8;
            case SERVER_STOPPED -> 9;
            case FAULT -> 10;
            case NODE_LOST -> 11;
        };
    }

    private static Optional<Parting> parting(int number) {
        for (Parting parting : Parting.values()) {
            if (number(parting) == number) {
                return Optional.of(parting);
            }
        }
        return Optional.empty();
    }
}
