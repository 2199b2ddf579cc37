package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import org.jspecify.annotations.Nullable;

/// A row of table `device` as it shall be; the lane adds where its last entry stands.
public record DeviceRow(
        short slot,
        Octets deviceId,
        int tenant,
        int version,
        short state,
        String enrollment,
        @Nullable String type,
        String region,
        String hub,
        long createdAt,
        long updatedAt,
        Octets sealed) {}
