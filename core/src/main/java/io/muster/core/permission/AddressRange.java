package io.muster.core.permission;

import io.muster.core.device.Bytes;
import java.net.InetAddress;
import java.util.Optional;

/// Addresses with a common prefix.
///
/// @param bits how many leading bits of `network` count
public record AddressRange(Bytes network, int bits) {

    /// The form in words, for messages that refuse another.
    public static final String RULE = "an address, or one with a prefix length, such as 192.0.2.0/24 or 2001:db8::/32";

    /// Parses a range at the wall, without asking any name service; empty when the text is not one.
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<Bytes> network = address(slash < 0 ? text : text.substring(0, slash));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        int most = network.get().size() * Byte.SIZE;
        int bits = slash < 0 ? most : number(text.substring(slash + 1));
        return bits < 0 || bits > most ? Optional.empty() : Optional.of(new AddressRange(network.get(), bits));
    }

    /// Whether an address is in the range; unknown when it is no address.
    Truth holds(String text) {
        Optional<Bytes> address = address(text);
        return address.isEmpty() ? Truth.UNKNOWN : Truth.of(holds(address.get()));
    }

    private boolean holds(Bytes address) {
        if (address.size() != network.size()) {
            return false;
        }
        byte[] mine = network.toArray();
        byte[] other = address.toArray();
        for (int bit = 0; bit < bits; bit++) {
            int shift = Byte.SIZE - 1 - bit % Byte.SIZE;
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) >> shift & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /// Four numbers or an address with colons: shorter forms of IPv4 mean different things to different readers.
    private static Optional<Bytes> address(String text) {
        boolean form = text.indexOf('%') < 0
                && (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3);
        try {
            return form ? Optional.of(Bytes.of(InetAddress.ofLiteral(text).getAddress())) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
