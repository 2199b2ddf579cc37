package io.muster.store.ledger;

import io.muster.core.device.Device.Origin;
import io.muster.core.ledger.Attempt;
import io.muster.store.lane.AttemptRow;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Seal;
import io.muster.store.sealing.Sealing;
import org.jspecify.annotations.Nullable;

/// Makes rows of attempts. Where there is a device, its key seals them; else the bucket that the name falls in, so
/// that erasing the device takes along what was refused before and after.
final class AttemptRows {

    private static final int NO_BUCKET = -1;

    private final AttemptForm form = new AttemptForm();
    private final Sealing sealing;
    private final PostgresRoster roster;

    AttemptRows(Sealing sealing, PostgresRoster roster) {
        this.sealing = sealing;
        this.roster = roster;
    }

    AttemptForm form() {
        return form;
    }

    AttemptRow ofDevice(int tenant, Indexed name, Attempt attempt, Octets deviceId, Seal seal) {
        return row(tenant, name, attempt, deviceId, NO_BUCKET, seal);
    }

    AttemptRow ofName(int tenant, Indexed name, Attempt attempt) {
        int bucket = sealing.bucketOf(tenant, name.id());
        return row(tenant, name, attempt, null, bucket, sealing.ofBucket(tenant, bucket));
    }

    private AttemptRow row(
            int tenant, Indexed name, Attempt attempt, @Nullable Octets deviceId, int bucket, Seal seal) {
        Octets id = Ids.octets(attempt.id().value());
        return new AttemptRow(
                name.slot(),
                name.id(),
                id,
                tenant,
                AttemptForm.number(attempt.result()),
                deviceId,
                bucket,
                attempt.code(),
                attempt.origin()
                        .map(Origin::enrollment)
                        .map(enrollment -> roster.gate(attempt.tenant(), enrollment))
                        .orElse(null),
                seal.seal(Address.of(Table.ATTEMPT, tenant, id), form.write(attempt)));
    }
}
