package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// A row of table `device_key`.
public record KeyRow(short slot, Octets deviceId, int bucketKey, Octets wrapped) {}
