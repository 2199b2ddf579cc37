package io.muster.fleet.mqtt;

import java.nio.charset.StandardCharsets;

/// A message that arrived, before anything in it is believed. Its bytes are nobody else's.
@SuppressWarnings("ArrayRecordComponent") // Messages are read once and never compared.
public record Message(String topic, byte[] payload, boolean retained) {

    /// The payload as text.
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
