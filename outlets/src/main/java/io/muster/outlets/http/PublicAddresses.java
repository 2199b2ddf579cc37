package io.muster.outlets.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses are open to the whole Internet, by the registries of special-purpose addresses (RFC 6890). Of IPv6
/// only global unicast is (RFC 4291), and of that not what carries an IPv4 address in it.
public final class PublicAddresses {

    private record Block(int bits, int prefix) {
        static Block of(int a, int b, int c, int prefix) {
            return new Block(a << 24 | b << 16 | c << 8, prefix);
        }

        boolean holds(int address) {
            return (bits ^ address) >>> (32 - prefix) == 0;
        }
    }

    private static final List<Block> NOT_PUBLIC = List.of(
            Block.of(0, 0, 0, 8),
            Block.of(10, 0, 0, 8),
            Block.of(100, 64, 0, 10),
            Block.of(127, 0, 0, 8),
            Block.of(169, 254, 0, 16),
            Block.of(172, 16, 0, 12),
            Block.of(192, 0, 0, 24),
            Block.of(192, 0, 2, 24),
            Block.of(192, 88, 99, 24),
            Block.of(192, 168, 0, 16),
            Block.of(198, 18, 0, 15),
            Block.of(198, 51, 100, 24),
            Block.of(203, 0, 113, 24),
            Block.of(224, 0, 0, 4),
            Block.of(240, 0, 0, 4));

    /// In 2000::/3, by their first 32 bits: protocol assignments with Teredo, documentation, and 6to4.
    private static final List<Block> NOT_PUBLIC_OF_6 = List.of(
            Block.of(0x20, 0x01, 0, 23),
            new Block(0x20010db8, 32),
            Block.of(0x20, 0x02, 0, 16),
            new Block(0x3fff0000, 20));

    private static final Block GLOBAL_UNICAST = Block.of(0x20, 0, 0, 3);

    private PublicAddresses() {}

    public static boolean include(InetAddress address) {
        int first = first(address.getAddress());
        return switch (address) {
            case Inet4Address _ -> NOT_PUBLIC.stream().noneMatch(block -> block.holds(first));
            case Inet6Address _ ->
                GLOBAL_UNICAST.holds(first) && NOT_PUBLIC_OF_6.stream().noneMatch(block -> block.holds(first));
            default -> false;
        };
    }

    private static int first(byte[] octets) {
        return (octets[0] & 0xff) << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    }
}
