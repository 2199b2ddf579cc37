package io.muster.doors.aws;

import io.muster.core.device.Bytes;

/// What a device is told, and where.
record AwsReply(String topic, Bytes payload) {

    /// A key may be in it.
    @Override
    public String toString() {
        return "an answer of " + payload;
    }
}
