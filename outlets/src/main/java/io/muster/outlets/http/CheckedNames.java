package io.muster.outlets.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves names for the connections of a client: what is checked here is what is connected to, so a name that leads
/// elsewhere a moment later leads nowhere.
final class CheckedNames implements DnsResolver {

    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final boolean allowPrivate;

    CheckedNames(Resolver resolver, boolean allowPrivate) {
        this.resolver = resolver;
        this.allowPrivate = allowPrivate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        for (InetAddress address : addresses) {
            if (!allowPrivate && !PublicAddresses.include(address)) {
                throw new UnknownHostException(host + " leads to " + address.getHostAddress()
                        + ", which is no public address; allow-private allows it");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
