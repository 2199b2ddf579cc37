package io.muster.store.ledger;

import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operation.State;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Seal;
import io.muster.store.sealing.Sealing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of an operation lies under the seal of the bucket that its name falls in, and how it ended.
final class OperationForm {

    static final short OPEN = 0;
    static final short DONE = 1;
    static final short FAILED = 2;

    private static final int FORM = 2;
    private static final int OUTCOME_FORM = 1;

    /// The outcome is another ciphertext of the same row.
    private static final int OUTCOME = 1;

    private final Sealing sealing;

    OperationForm(Sealing sealing) {
        this.sealing = sealing;
    }

    Octets seal(int tenant, Operation operation) {
        Octets id = Ids.octets(operation.id().value());
        byte[] body = new Packer(FORM)
                .text(operation.registrationId().display())
                .number(DeviceForm.number(operation.key().kind()))
                .hex(operation.key().fingerprint())
                .text(operation.enrollment().value())
                .list(List.of(operation.shown()), RequestForm::write)
                .list(List.of(operation.chip()), ChipForm::write)
                .list(operation.certificate().stream().toList(), RequestForm::write)
                .maybe(operation.payload().map(Json::text))
                .text(operation.door())
                .text(operation.source())
                .number(operation.createdAt().toEpochMilli())
                .bytes();
        return seal(tenant).seal(Address.of(Table.OPERATION, tenant, id), body);
    }

    Operation open(int tenant, Name name, Octets id, Octets sealed, State state) {
        Unpacker in = new Unpacker(FORM, seal(tenant).open(Address.of(Table.OPERATION, tenant, id), sealed));
        return new Operation(
                new OperationId(Ids.uuid(id)),
                name,
                RegistrationId.parse(in.text()).orElseThrow(),
                new IdentityKey(DeviceForm.kind(in.integer()), in.hex()),
                new Name(in.text()),
                in.list(RequestForm::readStanding).getFirst(),
                in.list(ChipForm::read).getFirst(),
                in.list(RequestForm::readRequest).stream().findFirst(),
                in.maybe().map(Json::new),
                in.text(),
                in.text(),
                Instant.ofEpochMilli(in.number()),
                state);
    }

    Octets sealOutcome(int tenant, Octets id, State state) {
        Packer out = new Packer(OUTCOME_FORM);
        switch (state) {
            case State.Done done -> out.text(done.change().name());
            case State.Failed failed -> write(out, failed.problem());
            case State.Waiting(), State.Expired() -> throw new IllegalArgumentException("no outcome to keep");
        }
        return seal(tenant).seal(Address.of(Table.OPERATION, tenant, id, OUTCOME), out.bytes());
    }

    State state(int tenant, Octets id, short number, boolean expired, @Nullable Octets outcome) {
        if (number == OPEN || outcome == null) {
            return expired ? new State.Expired() : new State.Waiting();
        }
        byte[] plain = seal(tenant).open(Address.of(Table.OPERATION, tenant, id, OUTCOME), outcome);
        Unpacker in = new Unpacker(OUTCOME_FORM, plain);
        return number == DONE ? new State.Done(Change.valueOf(in.text())) : new State.Failed(problem(in));
    }

    static short number(State state) {
        return switch (state) {
            case State.Waiting(), State.Expired() -> OPEN;
            case State.Done ignored -> DONE;
            case State.Failed ignored -> FAILED;
        };
    }

    private Seal seal(int tenant) {
        return sealing.ofTenant(tenant);
    }

    private static void write(Packer out, Problem problem) {
        out.text(problem.code())
                .text(problem.category().name())
                .text(problem.title())
                .text(problem.detail())
                .text(problem.remedy())
                .number(problem.retryable() ? 1 : 0);
    }

    private static Problem problem(Unpacker in) {
        return new Problem(
                in.text(), Problem.Category.valueOf(in.text()), in.text(), in.text(), in.text(), in.number() == 1);
    }
}
