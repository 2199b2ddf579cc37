package io.muster.core.flow;

import io.muster.core.device.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// The network that an address is in, as far as one site goes: /24 of IPv4, /48 of IPv6 (RFC 6177).
///
/// @param prefix the leading octets of the address
record SourceNetwork(Bytes prefix) {

    private static final int IPV4_OCTETS = 4;
    private static final int IPV4_PREFIX = 3;
    private static final int IPV6_PREFIX = 6;
    private static final int IPV6_OCTETS = 16;

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

    /// The network of an address in words, such as `192.0.2.0/24`; empty for what is no address.
    static Optional<String> words(String address) {
        return of(address).map(SourceNetwork::words);
    }

    private String words() {
        boolean four = prefix.size() == IPV4_PREFIX;
        byte[] octets = Arrays.copyOf(prefix.toArray(), four ? IPV4_OCTETS : IPV6_OCTETS);
        try {
            String first = InetAddress.getByAddress(octets).getHostAddress();
            return (four ? first : first.replaceFirst("(:0)+$", "::")) + "/" + prefix.size() * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("octets of an address are an address", e);
        }
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
