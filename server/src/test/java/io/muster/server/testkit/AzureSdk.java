package io.muster.server.testkit;

import com.microsoft.azure.sdk.iot.provisioning.device.AdditionalData;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.device.internal.exceptions.ProvisioningDeviceClientException;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.dps.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/// The published Azure device SDK, unmodified, on a device that trusts one server and knows one ID scope.
///
/// The SDK asks the JVM for its trust store, so the tests with it set that of the whole JVM.
public final class AzureSdk {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final String endpoint;
    private final String scope;
    private final ProvisioningDeviceClientTransportProtocol protocol;

    private AzureSdk(String endpoint, String scope, ProvisioningDeviceClientTransportProtocol protocol) {
        this.endpoint = endpoint;
        this.scope = scope;
        this.protocol = protocol;
    }

    /// A device whose trust store holds the server's anchor.
    public static AzureSdk trusting(Target target) throws IOException, GeneralSecurityException {
        Path store = Ground.folder("device").resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trustStore(target.trustAnchorPem()).store(out, PASSWORD);
        }
        System.setProperty(TRUST_STORE, store.toString());
        System.setProperty(TRUST_STORE + "Password", new String(PASSWORD));
        return new AzureSdk(
                "localhost:" + target.base().getPort(),
                target.idScope(),
                ProvisioningDeviceClientTransportProtocol.HTTPS);
    }

    private static KeyStore trustStore(String anchorPem) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, PASSWORD);
        trust.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(anchorPem.getBytes(StandardCharsets.US_ASCII))));
        return trust;
    }

    /// The same device, told another ID scope.
    public AzureSdk inScope(String other) {
        return new AzureSdk(endpoint, other, protocol);
    }

    /// The same device over another protocol, whose port the SDK alone knows.
    public AzureSdk over(ProvisioningDeviceClientTransportProtocol other) {
        return new AzureSdk("localhost", scope, other);
    }

    /// Registers, and waits for the end as an application does.
    public ProvisioningDeviceClientRegistrationResult register(SecurityProvider identity)
            throws ProvisioningDeviceClientException, InterruptedException {
        return register(identity, Optional.empty());
    }

    /// Registers with a payload of the application's own.
    public ProvisioningDeviceClientRegistrationResult register(SecurityProvider identity, Optional<String> payload)
            throws ProvisioningDeviceClientException, InterruptedException {
        ProvisioningDeviceClient client = ProvisioningDeviceClient.create(endpoint, scope, protocol, identity);
        try {
            if (payload.isEmpty()) {
                return client.registerDeviceSync();
            }
            AdditionalData data = new AdditionalData();
            data.setProvisioningPayload(payload.get());
            return client.registerDeviceSync(data);
        } finally {
            client.close();
        }
    }
}
