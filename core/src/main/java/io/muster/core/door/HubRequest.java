package io.muster.core.door;

import io.muster.core.device.Bytes;
import java.util.List;
import java.util.Optional;

/// A device that was enrolled connects to its hub.
///
/// @param door     the protocol it came by, such as `hub-azure-mqtt`
/// @param scope    the tenant that it names; empty when it names none
/// @param host     the host of its hub, as it names it; empty where its dialect has no word for that
/// @param deviceId its outward id, or its registration id where it names no host
/// @param clientId the name under which it connects
/// @param shown    what it shows for it
/// @param source   the address it came from
public record HubRequest(
        String door,
        Optional<String> scope,
        Optional<String> host,
        String deviceId,
        String clientId,
        Shown shown,
        String source) {

    /// What proves it. Nothing of it is believed yet.
    public sealed interface Shown {

        /// A shared access signature for `{host}/devices/{deviceId}`, or `{tenant}/devices/{deviceId}` where it names
        /// no host.
        ///
        /// @param text what follows the scheme word
        record Token(String text) implements Shown {
            @Override
            public String toString() {
                return "Token";
            }
        }

        /// What it presented in the TLS handshake, leaf first, DER.
        record Certificate(List<Bytes> chain) implements Shown {
            public Certificate {
                chain = List.copyOf(chain);
            }
        }
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "a device at its hub, by " + door;
    }
}
