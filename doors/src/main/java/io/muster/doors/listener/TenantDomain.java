package io.muster.doors.listener;

import java.util.Locale;
import java.util.Optional;

/// The domain under which each tenant has an endpoint name of its own: `acme.gate.example.com` is that of tenant
/// `acme`.
///
/// @param domain in lower case, such as `gate.example.com`; empty where no tenant has one
public record TenantDomain(Optional<String> domain) {

    public static final TenantDomain NONE = new TenantDomain(Optional.empty());

    /// The tenant whose endpoint the caller asked for (SNI), one label; empty where it asked for another name or for
    /// none. Whoever asks for it proves nothing by that.
    public Optional<String> tenant(TlsPeer peer) {
        return domain.flatMap(name -> peer.serverName()
                .map(asked -> asked.toLowerCase(Locale.ROOT))
                .filter(asked -> asked.endsWith("." + name))
                .map(asked -> asked.substring(0, asked.length() - name.length() - 1))
                .filter(label -> !label.isEmpty() && label.indexOf('.') < 0));
    }
}
