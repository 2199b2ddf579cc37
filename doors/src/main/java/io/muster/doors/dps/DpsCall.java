package io.muster.doors.dps;

import io.muster.core.device.Bytes;
import io.muster.doors.listener.TlsPeer;
import java.util.Optional;

/// One call of a device, whatever carried it; nothing in it is believed.
///
/// @param door          what carried it, for the trace
/// @param path          what is asked, of whom
/// @param version       the API version as sent; empty where none was
/// @param authorization the scheme word and the token behind it
record DpsCall(String door, DpsPath path, String version, Optional<String> authorization, Bytes body, TlsPeer peer) {

    static final Bytes NO_BODY = Bytes.of(new byte[0]);

    /// Holds a token.
    @Override
    public String toString() {
        return "a call by " + door;
    }
}
