package io.muster.x509.tls;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The names under which devices reach this server: DNS names and IP addresses.
public record ServerNames(List<String> names) {

    private static final int MAX_NAMES = 100;
    private static final int MAX_DNS_LENGTH = 253;

    /// Underscores are not allowed in host names by the book, and found in many a laboratory.
    private static final Pattern DNS =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*");

    public ServerNames {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > MAX_NAMES) {
            throw new TlsFault("A server certificate has 1 to " + MAX_NAMES + " names, not " + names.size()
                    + ". Set listeners.names to the names under which devices reach this server.");
        }
        for (String name : names) {
            generalName(name);
        }
    }

    GeneralNames asn1() {
        return new GeneralNames(names.stream().map(ServerNames::generalName).toArray(GeneralName[]::new));
    }

    private static GeneralName generalName(String name) {
        if (literal(name).isPresent()) {
            return new GeneralName(GeneralName.iPAddress, name);
        }
        if (name.length() > MAX_DNS_LENGTH || !DNS.matcher(name).matches()) {
            throw new TlsFault("\""
                    + name.codePoints()
                            .limit(80)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    + "\" is neither a DNS name nor an IP address. Correct it in listeners.names.");
        }
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static Optional<InetAddress> literal(String name) {
        try {
            return Optional.of(InetAddress.ofLiteral(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
