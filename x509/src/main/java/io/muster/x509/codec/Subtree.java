package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.SubjectNames.Name;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Whether a name lies in the subtree that a name constraint spans (RFC 5280 section 4.2.1.10). Each comparison is
/// linear in the lengths of the two names.
final class Subtree {

    private Subtree() {}

    /// Surely inside: what a permitted subtree asks.
    static boolean holds(Name base, Name name) {
        return switch (base) {
            case Name.Dns dns -> name instanceof Name.Dns other && holdsHost(dns.name(), other.name());
            case Name.Email email -> name instanceof Name.Email other && holdsAddress(email.address(), other.address());
            case Name.Uri uri ->
                name instanceof Name.Uri other
                        && host(other.uri())
                                .filter(host -> isHost(uri.uri(), host))
                                .isPresent();
            case Name.Ip range -> name instanceof Name.Ip other && holdsIp(range.address(), other.address());
            case Name.Directory directory ->
                name instanceof Name.Directory other
                        && other.name().comparable().isWithin(directory.name().comparable());
            case Name.Other _ -> false;
        };
    }

    /// Inside, or not surely outside: what an excluded subtree asks. In doubt the name is excluded.
    static boolean mayReach(Name base, Name name) {
        return holds(base, name)
                || switch (name) {
                    case Name.Dns dns -> base instanceof Name.Dns other && wildcardReaches(dns.name(), other.name());
                    case Name.Uri uri ->
                        base instanceof Name.Uri && host(uri.uri()).isEmpty();
                    case Name.Directory directory ->
                        base instanceof Name.Directory other
                                && !(directory.name().comparable().textsOnly()
                                        && other.name().comparable().textsOnly());
                    case Name.Email _, Name.Ip _, Name.Other _ -> false;
                };
    }

    /// `example.com` spans itself and all below; a leading dot, only what is below; the empty name, all.
    private static boolean holdsHost(String base, String name) {
        if (base.isEmpty() || name.equals(base)) {
            return true;
        }
        return name.endsWith(base.startsWith(".") ? base : "." + base);
    }

    private static boolean wildcardReaches(String name, String base) {
        return name.startsWith("*.") && holdsHost(name.substring(2), base);
    }

    /// A whole mailbox, all mailboxes of a host, or (leading dot) of all hosts below a domain.
    private static boolean holdsAddress(String base, String address) {
        int at = address.lastIndexOf('@');
        String host = address.substring(at + 1).toLowerCase(Locale.ROOT);
        int baseAt = base.lastIndexOf('@');
        String baseHost = base.substring(baseAt + 1).toLowerCase(Locale.ROOT);
        if (baseAt < 0) {
            return isHost(baseHost, host);
        }
        return at == baseAt && host.equals(baseHost) && address.regionMatches(0, base, 0, at);
    }

    private static boolean isHost(String base, String host) {
        String lower = base.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") ? host.endsWith(lower) : host.equals(lower);
    }

    /// Empty when the URI names no host by name: such a URI lies in no permitted subtree.
    private static Optional<String> host(String uri) {
        try {
            return Optional.ofNullable(new URI(uri).getHost())
                    .filter(host -> !host.startsWith("[") && !host.matches("[0-9.]+"))
                    .map(host -> host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// Address and mask stand one after the other.
    private static boolean holdsIp(Bytes range, Bytes address) {
        byte[] base = range.toArray();
        byte[] ip = address.toArray();
        if (base.length != 2 * ip.length) {
            return false;
        }
        for (int i = 0; i < ip.length; i++) {
            if (((base[i] ^ ip[i]) & base[ip.length + i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
