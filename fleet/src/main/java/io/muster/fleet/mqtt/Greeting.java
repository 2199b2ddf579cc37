package io.muster.fleet.mqtt;

import java.time.Duration;
import java.util.Optional;

/// What a device says in CONNECT. It leaves no will.
///
/// @param clientId     its name at the broker
/// @param userName     may be empty text; the flag is always set, as by the SDKs
/// @param password     a secret; absent where a certificate proves the device
/// @param cleanSession whether the broker shall forget what was before
/// @param keepAlive    the longest silence, in whole seconds
public record Greeting(
        String clientId, String userName, Optional<String> password, boolean cleanSession, Duration keepAlive) {

    @Override
    public String toString() {
        return "Greeting[" + clientId + "]";
    }
}
