package io.muster.fleet.bench;

import io.muster.fleet.aws.ThingTemplate;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What newcomers do at the AWS door.
final class AwsOptions {

    @Option(
            names = "--server-keys",
            description = "With --door aws: the server makes each device's key; without it devices send a CSR.")
    private boolean serverKeys;

    @Option(
            names = "--telemetry",
            description = "With --door aws: every new thing comes back on a second connection, by its new certificate, "
                    + "and publishes one message at QoS 1.")
    private boolean telemetry;

    boolean serverKeys() {
        return serverKeys;
    }

    /// The topic of that message, with `{thing}` for the name.
    Optional<String> telemetry() {
        return telemetry ? Optional.of(ThingTemplate.TELEMETRY) : Optional.empty();
    }

    boolean isGiven() {
        return serverKeys || telemetry;
    }

    Deed deed() {
        if (telemetry) {
            return serverKeys ? Deed.AWS_KEYS_TELEMETRY : Deed.AWS_CSR_TELEMETRY;
        }
        return serverKeys ? Deed.AWS_KEYS : Deed.AWS_CSR;
    }
}
