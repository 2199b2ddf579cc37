package io.muster.outlets.hooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses belong to the public Internet (IANA's special-purpose registries, RFC 6890).
final class Addresses {

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet4Address four ? isPublic(four) : isPublic((Inet6Address) address);
    }

    private static boolean isPublic(Inet4Address address) {
        int first = address.getAddress()[0] & 0xff;
        int second = address.getAddress()[1] & 0xff;
        int third = address.getAddress()[2] & 0xff;
        return first != 0
                && first < 224
                && !(first == 100 && (second & 0xc0) == 64)
                && !(first == 192 && second == 0 && (third == 0 || third == 2))
                && !(first == 192 && second == 88 && third == 99)
                && !(first == 198 && (second & 0xfe) == 18)
                && !(first == 198 && second == 51 && third == 100)
                && !(first == 203 && second == 0 && third == 113);
    }

    /// Global unicast is 2000::/3; what leads into IPv4 is judged by where it leads, or not followed.
    private static boolean isPublic(Inet6Address address) {
        byte[] octets = address.getAddress();
        int head = (octets[0] & 0xff) << 8 | (octets[1] & 0xff);
        int next = (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
        if (head == 0x64 && next == 0xff9b) {
            return isPublic(embedded(octets, 12));
        }
        if (head == 0x2002) {
            return isPublic(embedded(octets, 2));
        }
        return (head & 0xe000) == 0x2000 && !(head == 0x2001 && (next < 0x200 || next == 0xdb8)) && head != 0x3fff;
    }

    private static InetAddress embedded(byte[] octets, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
