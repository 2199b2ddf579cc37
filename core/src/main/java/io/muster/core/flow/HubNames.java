package io.muster.core.flow;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The names under which this installation is a hub.
///
/// @param names  hosts, in lower case
/// @param domain one label before it is such a name, too
public record HubNames(Set<String> names, Optional<String> domain) {

    public HubNames {
        names = Set.copyOf(names);
    }

    public static HubNames of(List<String> names, Optional<String> domain) {
        return new HubNames(
                names.stream().map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()), domain);
    }

    /// The host of an assignment's endpoint, where that is one of ours.
    Optional<String> served(String endpoint) {
        return Optional.ofNullable(URI.create(endpoint).getHost()).filter(this::serves);
    }

    private boolean serves(String host) {
        return names.contains(host)
                || domain.filter(it ->
                                host.endsWith("." + it) && host.lastIndexOf('.', host.length() - it.length() - 2) < 0)
                        .isPresent();
    }
}
