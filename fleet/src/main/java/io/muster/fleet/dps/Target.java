package io.muster.fleet.dps;

import io.muster.fleet.channel.Address;
import java.net.URI;

/// The DPS at which a fleet arrives.
///
/// @param base           its address, `https://host:port`, or `mqtts://host:port`: what it speaks there
/// @param trustAnchorPem the certificate that the devices trust
/// @param idScope        the ID scope that the devices were given
public record Target(URI base, String trustAnchorPem, String idScope) {

    /// Whether devices speak MQTT there; HTTPS if not.
    public boolean speaksMqtt() {
        return address().speaksMqtt();
    }

    Address address() {
        return new Address(base, trustAnchorPem);
    }
}
