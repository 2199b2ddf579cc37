package io.muster.doors.aws;

import io.muster.core.door.Admitted;
import io.muster.core.door.ConnectionRequest;

/// Whoever holds a claim, on one connection.
record Caller(ConnectionRequest connection, Admitted.Claimant claimant) {}
