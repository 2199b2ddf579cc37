package io.muster.x509.issuing;

import io.muster.core.door.CertificateRequest.AlternativeName;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The names of this installation's own servers. A device that had one of them could pose as the server.
final class OwnNames {

    private final Set<String> names;

    OwnNames(Set<String> names) {
        this.names = names.stream().map(OwnNames::plain).collect(Collectors.toUnmodifiableSet());
    }

    /// The first of these names that is a server's.
    Optional<AlternativeName> among(List<AlternativeName> asked) {
        return asked.stream().filter(this::has).findFirst();
    }

    private boolean has(AlternativeName name) {
        return switch (name.kind()) {
            case DNS, IP -> has(name.value());
            case URI -> has(host(name.value()));
            case EMAIL, OTHER -> false;
        };
    }

    boolean has(String host) {
        return names.contains(plain(host));
    }

    /// One spelling for each host: lower case, no dot at its end, addresses in the form in which Java writes them.
    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        try {
            return InetAddress.ofLiteral(bare).getHostAddress();
        } catch (IllegalArgumentException e) {
            return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        }
    }

    /// RFC 3986 section 3.2. Not by [java.net.URI], which knows no host in what it finds odd.
    private static String host(String uri) {
        int authority = uri.indexOf("//");
        if (authority < 0) {
            return "";
        }
        String rest = uri.substring(authority + 2).split("[/?#\\\\]", 2)[0];
        String host = rest.substring(rest.lastIndexOf('@') + 1);
        return host.startsWith("[") ? host.replaceAll("].*", "]") : host.replaceAll(":.*", "");
    }
}
