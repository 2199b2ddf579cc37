package io.muster.server.testkit;

import com.microsoft.azure.sdk.iot.provisioning.service.ProvisioningServiceClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// A machine from which Azure's published service SDK, unmodified, manages an installation: it trusts the
/// installation's anchor, and port 443 of the host leads to the desk.
public final class AzureService implements AutoCloseable {

    /// By which name the desk is called.
    public static final String HOST = "dps.example.com";

    /// What an installation needs to be called so.
    public static final String NAMES = "listeners.names=localhost,127.0.0.1," + HOST;

    private final Detour detour;
    private final SSLSocketFactory before;

    private AzureService(Detour detour, SSLSocketFactory before) {
        this.detour = detour;
        this.before = before;
    }

    public static AzureService of(Installation house) throws IOException, GeneralSecurityException {
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        String anchor = Files.readString(house.house().data().serverAnchor());
        HttpsURLConnection.setDefaultSSLSocketFactory(trusting(anchor).getSocketFactory());
        return new AzureService(Detour.from(HOST, house.house().deskUrl().getPort()), before);
    }

    private static SSLContext trusting(String anchorPem) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(anchorPem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /// The connection string of a new policy, as its owner is shown it.
    public static String policy(Operator operator, String tenant, String name, String role) {
        return operator.asks(
                        "key",
                        "create",
                        name,
                        "--tenant",
                        tenant,
                        "--role",
                        role,
                        "--shared-access-policy",
                        "--host-name",
                        HOST)
                .path("connectionString")
                .asText();
    }

    public static ProvisioningServiceClient client(String connectionString) {
        return new ProvisioningServiceClient(connectionString);
    }

    @Override
    public void close() throws IOException {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        detour.close();
    }
}
