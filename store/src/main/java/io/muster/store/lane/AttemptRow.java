package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import org.jspecify.annotations.Nullable;

/// A row of table `attempt`.
///
/// @param deviceId  the device whose key seals the row; null where it is a bucket's
/// @param bucketKey the bucket key that seals the row where no device's does
public record AttemptRow(
        short slot,
        Octets subjectId,
        Octets attemptId,
        int tenant,
        short verdict,
        @Nullable Octets deviceId,
        int bucketKey,
        String code,
        @Nullable String enrollment,
        Octets sealed) {}
