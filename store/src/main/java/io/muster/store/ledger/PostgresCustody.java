package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Custody;
import io.muster.store.database.DatabaseClock;
import io.muster.store.lane.BindingRow;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.lane.RosterChange;
import io.muster.store.ledger.Intervention.Deed;
import io.muster.store.ledger.Intervention.End;
import io.muster.store.roster.PostgresRoster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes devices away: one act in the lane, under the device's lock. An enrollment that was decided before rests on
/// the device's former version and is decided again.
public final class PostgresCustody implements Custody {

    private static final int TRIES_AMONG_OTHERS = 3;

    private final PostgresRoster roster;
    private final Rooms rooms;
    private final Holdings holdings;
    private final PostgresOperations operations;
    private final Lane lane;
    private final DatabaseClock clock;

    PostgresCustody(
            PostgresRoster roster,
            Rooms rooms,
            Holdings holdings,
            PostgresOperations operations,
            Lane lane,
            DatabaseClock clock) {
        this.roster = roster;
        this.rooms = rooms;
        this.holdings = holdings;
        this.operations = operations;
        this.lane = lane;
        this.clock = clock;
    }

    @Override
    public Taken quarantine(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.QUARANTINED, reason, warrant);
    }

    @Override
    public Taken release(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.ENABLED, reason, warrant);
    }

    @Override
    public Taken decommission(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.DECOMMISSIONED, reason, warrant);
    }

    @Override
    public Optional<List<Binding>> bindings(Name tenant, String device) {
        return roster.number(tenant).flatMap(number -> found(number, tenant, device)
                .map(it -> holdings.of(number, it).stream().map(Holdings::shown).toList()));
    }

    private Optional<Device> found(int number, Name tenant, String device) {
        return RegistrationId.parse(device).flatMap(name -> rooms.look().named(number, tenant, name));
    }

    /// How it is with a device that shall be taken.
    private sealed interface Case {

        record Settled(Taken taken) implements Case {}

        record Open(Intervention act) implements Case {}
    }

    /// A device that enrolls without a pause could escape for long: at last it is taken while all lanes stand still.
    private Taken take(Name tenant, String id, DeviceState state, Reason reason, Warrant warrant) {
        Optional<Integer> known = roster.number(tenant);
        if (known.isEmpty()) {
            return new Taken.Unknown();
        }
        int number = known.get();
        Supplier<Case> look = () -> look(number, tenant, id, state, reason, warrant);
        for (int tries = 1; tries <= TRIES_AMONG_OTHERS; tries++) {
            switch (look.get()) {
                case Case.Settled(Taken taken) -> {
                    return taken;
                }
                case Case.Open(Intervention act) -> {
                    if (written(number, act, warrant)) {
                        return new Taken.Done(act.device());
                    }
                }
            }
        }
        RosterChange<Taken> alone = (connection, journal) -> switch (look.get()) {
            case Case.Settled(Taken taken) -> taken;
            case Case.Open(Intervention act) -> {
                journal.write(rooms.acts().intervenes(number, act));
                yield new Taken.Done(act.device());
            }
        };
        return lane.change(alone, warrant);
    }

    private Case look(int number, Name tenant, String id, DeviceState state, Reason reason, Warrant warrant) {
        Optional<Device> device = found(number, tenant, id);
        if (device.isEmpty()) {
            return new Case.Settled(new Taken.Unknown());
        }
        if (device.get().state() == state) {
            return new Case.Settled(new Taken.Already(device.get()));
        }
        return device.get().state() == DeviceState.DECOMMISSIONED
                ? new Case.Settled(new Taken.Gone(device.get()))
                : new Case.Open(act(number, device.get(), state, reason, warrant));
    }

    private boolean written(int tenant, Intervention act, Warrant warrant) {
        return switch (lane.write(rooms.acts().intervenes(tenant, act), warrant)) {
            case Outcome.Written() -> true;
            case Outcome.Moved ignored -> false;
            case Outcome.Stale ignored -> throw alone();
            case Outcome.Held ignored -> throw alone();
            case Outcome.Spent() -> throw alone();
        };
    }

    private static IllegalStateException alone() {
        return new IllegalStateException("taking a device away rests on the device alone");
    }

    private Intervention act(int tenant, Device before, DeviceState state, Reason reason, Warrant warrant) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        short slot = rooms.ids().name(tenant, before.registrationId()).slot();
        Deed deed = new Deed(kind(state), reason.text(), warrant, now, rooms.newId(slot, now));
        if (state != DeviceState.DECOMMISSIONED) {
            Device next = Intervention.next(before, state, before.credentials(), now);
            return new Intervention(deed, before, next, End.NONE, List.of(), List.of());
        }
        List<Credential> left = before.credentials().stream()
                .map(it -> it.proves() ? it.as(State.REVOKED) : it)
                .toList();
        List<Credential> ended = before.credentials().stream()
                .filter(Credential::proves)
                .map(it -> it.as(State.REVOKED))
                .toList();
        List<BindingRow> blocked = holdings.of(tenant, before).stream()
                .map(it -> it.row().as(BindingRow.BLOCKED))
                .toList();
        return new Intervention(
                deed,
                before,
                Intervention.next(before, state, left, now),
                new End(ended, Certificates.Reason.CESSATION_OF_OPERATION),
                blocked,
                operations.endings(tenant, before.registrationId()));
    }

    private static Kind kind(DeviceState state) {
        return switch (state) {
            case ENABLED -> Kind.DEVICE_RELEASED;
            case QUARANTINED -> Kind.DEVICE_QUARANTINED;
            case DECOMMISSIONED -> Kind.DEVICE_DECOMMISSIONED;
        };
    }
}
