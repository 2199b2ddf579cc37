package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the connection tells of the caller.
///
/// @param address    of the other end of the TCP connection
/// @param chain      certificates that the caller presented, DER, leaf first; it proved to hold the leaf's key and
///                   nothing more: nobody has checked a signature, a date or an issuer yet. Empty when there was none
/// @param serverName the name that the caller asked for (SNI)
public record TlsPeer(InetSocketAddress address, List<Bytes> chain, Optional<String> serverName) {

    public TlsPeer {
        chain = List.copyOf(chain);
    }

    /// The address in text, for the trace.
    public String source() {
        return address.getAddress().getHostAddress().toLowerCase(Locale.ROOT);
    }

    /// Addresses and certificates are identity data: they are not printed.
    @Override
    public String toString() {
        return "a caller with " + chain.size() + " certificates";
    }
}
