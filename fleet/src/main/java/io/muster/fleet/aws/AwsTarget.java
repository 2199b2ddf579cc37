package io.muster.fleet.aws;

import io.muster.fleet.channel.Address;
import java.net.URI;
import java.util.Optional;

/// The endpoint at which things are provisioned.
///
/// @param base           its address, `mqtts://host:port`
/// @param trustAnchorPem the certificate that the devices trust
/// @param template       the provisioning template that the devices name
/// @param format         how they write
/// @param telemetry      the topic to which a new thing reports, with `{thing}` for its name; absent where it shall not
///                       come back after it was registered
public record AwsTarget(URI base, String trustAnchorPem, String template, Format format, Optional<String> telemetry) {

    private static final String CREATE = "$aws/certificates/create/";
    private static final String CREATE_FROM_CSR = "$aws/certificates/create-from-csr/";
    private static final String TEMPLATES = "$aws/provisioning-templates/";

    Address address() {
        return new Address(base, trustAnchorPem);
    }

    /// Where a key and a certificate are asked for.
    String createTopic() {
        return CREATE + format.word();
    }

    /// Where a certificate on the device's own key is asked for.
    String createFromCsrTopic() {
        return CREATE_FROM_CSR + format.word();
    }

    /// Where a thing is registered.
    String registerTopic() {
        return TEMPLATES + template + "/provision/" + format.word();
    }

    Optional<String> telemetryTopic(String thing) {
        return telemetry.map(topic -> topic.replace("{thing}", thing));
    }
}
