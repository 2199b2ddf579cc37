package io.muster.server.aws;

import io.muster.fleet.device.X509Device;
import java.util.Map;

/// The flavours of AWS's SDK for Java.
enum AwsSdk {
    V1,
    V2_OVER_311,
    V2_OVER_5;

    /// A connection of a device, or of whoever holds a claim. Throws when it is refused.
    Connection connect(Endpoint endpoint, X509Device identity, String clientId) {
        return switch (this) {
            case V1 -> new SdkOver311(endpoint, identity, clientId, SdkOver311::v1);
            case V2_OVER_311 -> new SdkOver311(endpoint, identity, clientId, SdkOver311::v2);
            case V2_OVER_5 -> new SdkOver5(endpoint, identity, clientId);
        };
    }

    /// What fleet provisioning offers; it throws [Rejected] when the answer is a rejection.
    interface Identity extends AutoCloseable {

        Certificate createFromCsr(String requestPem);

        Certificate createKeys();

        Registration register(String template, String ownershipToken, Map<String, String> parameters);

        @Override
        void close();
    }

    interface Connection extends AutoCloseable {

        Identity identity();

        /// With QoS 1; whether it was taken.
        boolean publishes(String topic, String payload);

        /// Whether it was granted. What comes is kept.
        boolean subscribes(String filter);

        /// Topics of what came under subscriptions.
        java.util.List<String> heard();

        @Override
        void close();
    }

    record Certificate(String id, String pem, String ownershipToken, String privateKey) {}

    record Registration(String thingName, Map<String, String> deviceConfiguration) {}
}
