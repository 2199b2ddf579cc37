package io.muster.fleet.est;

import io.muster.fleet.channel.Address;
import java.net.URI;

/// The EST server at which devices ask for certificates.
///
/// @param base           its address, `https://host:port`
/// @param trustAnchorPem the certificate that the devices trust
/// @param label          what stands after `/.well-known/est/`: `tenant.enrollment`; empty for none
public record EstTarget(URI base, String trustAnchorPem, String label) {

    Address address() {
        return new Address(base, trustAnchorPem);
    }

    String path(String operation) {
        return "/.well-known/est/" + (label.isEmpty() ? "" : label + "/") + operation;
    }
}
