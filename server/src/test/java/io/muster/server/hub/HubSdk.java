package io.muster.server.hub;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.transport.NoRetry;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.server.testkit.AzureSdk;
import java.io.IOException;

/// Azure's device SDK, unmodified: it registers by DPS, and connects where it is told to.
record HubSdk(AzureSdk dps) {

    static HubSdk of(HubCustomer customer) throws Exception {
        return new HubSdk(
                AzureSdk.trusting(customer.house().target(customer.customer().scope())));
    }

    /// Registers, and makes a client for the hub that it was assigned; the client is not connected yet.
    DeviceClient registered(SecurityProvider identity) throws Exception {
        ProvisioningDeviceClientRegistrationResult result = dps.register(identity);
        return client(result.getIothubUri(), result.getDeviceId(), identity);
    }

    /// A client of a hub.
    static DeviceClient client(String host, String deviceId, SecurityProvider identity) throws IOException {
        return client(host, deviceId, identity, ClientOptions.builder().build());
    }

    /// One that is told more.
    static DeviceClient client(String host, String deviceId, SecurityProvider identity, ClientOptions options)
            throws IOException {
        return patient(new DeviceClient(host, deviceId, identity, IotHubClientProtocol.MQTT, options));
    }

    /// One that speaks MQTT in a WebSocket.
    static DeviceClient inWebSocket(String host, String deviceId, SecurityProvider identity) throws IOException {
        return patient(new DeviceClient(host, deviceId, identity, IotHubClientProtocol.MQTT_WS));
    }

    private static DeviceClient patient(DeviceClient client) {
        client.setRetryPolicy(new NoRetry());
        client.setOperationTimeout(20_000);
        return client;
    }
}
