package io.muster.store.imports;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.Format;
import io.muster.core.roster.Import.Order;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Import.Tally;
import io.muster.core.roster.ImportId;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Seal;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How an import is written under its tenant's seal.
final class ImportForm {

    /// The columns that [#read] wants, in their order.
    static final String COLUMNS = "import_id, state, changed_at, sealed";

    private static final int FORM = 1;
    private static final int FINDINGS_FORM = 1;

    private final Sealing sealing;

    ImportForm(Sealing sealing) {
        this.sealing = sealing;
    }

    static short number(State state) {
        return (short)
                switch (state) {
                    case RECEIVING -> 0;
                    case VALIDATING -> 1;
                    case APPLYING -> 2;
                    case DONE -> 3;
                    case REFUSED -> 4;
                    case CANCELED -> 5;
                    case FAILED -> 6;
                };
    }

    private static State state(short number) {
        return switch (number) {
            case 0 -> State.RECEIVING;
            case 1 -> State.VALIDATING;
            case 2 -> State.APPLYING;
            case 3 -> State.DONE;
            case 4 -> State.REFUSED;
            case 5 -> State.CANCELED;
            case 6 -> State.FAILED;
            default ->
                throw new IllegalStateException(
                        "An import is in state " + number + ", which this version of Muster" + " does not know.");
        };
    }

    Octets seal(int tenant, Import work) {
        Tally tally = work.tally();
        byte[] plain = new Packer(FORM)
                .text(work.order().format().name())
                .number(bit(work.order().dryRun()))
                .number(bit(work.order().skipBad()))
                .number(bit(work.order().groups()))
                .text(work.warrant().actor())
                .text(work.warrant().address())
                .text(work.warrant().request())
                .maybe(work.digest())
                .number(tally.bytes())
                .number(tally.items())
                .number(tally.checked())
                .number(tally.applied())
                .number(tally.added())
                .number(tally.same())
                .number(tally.bad())
                .number(tally.notes())
                .maybe(work.failure())
                .bytes();
        return seal(tenant).seal(Address.of(Table.IMPORT, tenant, octets(work.id())), plain);
    }

    Octets sealFindings(int tenant, Import work) {
        byte[] plain = new Packer(FINDINGS_FORM)
                .list(work.findings(), (to, it) -> to.number(bit(it.bad()))
                        .number(it.line())
                        .text(it.field())
                        .text(it.what())
                        .text(it.remedy()))
                .bytes();
        return seal(tenant).seal(Address.of(Table.IMPORT_FINDINGS, tenant, octets(work.id())), plain);
    }

    List<Finding> findings(int tenant, ImportId id, Octets sealed) {
        byte[] plain = seal(tenant).open(Address.of(Table.IMPORT_FINDINGS, tenant, octets(id)), sealed);
        return new Unpacker(FINDINGS_FORM, plain)
                .list(in -> new Finding(in.number() == 1, in.number(), in.text(), in.text(), in.text()));
    }

    Octets sealPart(int tenant, ImportId id, int part, byte[] bytes) {
        return seal(tenant).seal(Address.of(Table.IMPORT_PART, tenant, octets(id), part), bytes);
    }

    byte[] openPart(int tenant, ImportId id, int part, Octets sealed) {
        return seal(tenant).open(Address.of(Table.IMPORT_PART, tenant, octets(id), part), sealed);
    }

    /// Reads a row of [#COLUMNS], without findings.
    Import read(int tenant, Name name, ResultSet row) throws SQLException {
        Octets number = Octets.of(row.getBytes(1));
        State state = state(row.getShort(2));
        Instant changedAt = Instant.ofEpochMilli(row.getLong(3));
        byte[] plain = seal(tenant).open(Address.of(Table.IMPORT, tenant, number), Octets.of(row.getBytes(4)));
        Unpacker in = new Unpacker(FORM, plain);
        Order order = new Order(Format.valueOf(in.text()), in.number() == 1, in.number() == 1, in.number() == 1);
        Warrant warrant = new Warrant(in.text(), in.text(), in.text(), order.dryRun());
        Optional<String> digest = in.maybe();
        Tally tally = new Tally(
                in.number(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer());
        return new Import(
                id(number),
                name,
                order,
                warrant,
                state,
                digest,
                tally,
                List.of(),
                in.maybe(),
                createdAt(number),
                changedAt);
    }

    static Octets octets(ImportId id) {
        return Octets.of(ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array());
    }

    /// A new number: its time in milliseconds, then chance (RFC 9562 section 5.7).
    ImportId newId(long millis) {
        ByteBuffer chance = ByteBuffer.wrap(sealing.chance(16));
        long high = (millis << 16) | 0x7000L | (chance.getLong() & 0x0fffL);
        long low = (chance.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new ImportId(new UUID(high, low));
    }

    private static ImportId id(Octets number) {
        ByteBuffer bytes = ByteBuffer.wrap(number.raw());
        return new ImportId(new UUID(bytes.getLong(), bytes.getLong()));
    }

    private static Instant createdAt(Octets number) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(number.raw()).getLong() >>> 16);
    }

    private Seal seal(int tenant) {
        return sealing.ofTenant(tenant);
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }
}
