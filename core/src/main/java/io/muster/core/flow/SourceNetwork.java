package io.muster.core.flow;

import io.muster.core.device.Bytes;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// The network that an address is in, as far as one site goes: /24 of IPv4, /48 of IPv6 (RFC 6177).
///
/// @param prefix the leading octets of the address
record SourceNetwork(Bytes prefix) {

    private static final int IPV4_OCTETS = 4;
    private static final int IPV4_PREFIX = 3;
    private static final int IPV6_PREFIX = 6;

    /// Whether two addresses are certainly of two networks. What is no address is nowhere, and a device may well
    /// have an address of either family.
    static boolean apart(String one, String other) {
        Optional<SourceNetwork> first = of(one);
        Optional<SourceNetwork> second = of(other);
        return first.isPresent()
                && second.isPresent()
                && first.get().prefix().size() == second.get().prefix().size()
                && !first.equals(second);
    }

    static Optional<SourceNetwork> of(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        try {
            byte[] octets = InetAddress.ofLiteral(literal).getAddress();
            int prefix = octets.length == IPV4_OCTETS ? IPV4_PREFIX : IPV6_PREFIX;
            return Optional.of(new SourceNetwork(Bytes.of(Arrays.copyOf(octets, prefix))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
