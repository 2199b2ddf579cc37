package io.muster.server.testkit;

import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderSymmetricKey;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import com.microsoft.azure.sdk.iot.provisioning.security.hsm.SecurityProviderX509Cert;
import io.muster.fleet.device.X509Device;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// What proves a device, in the SDK's own types.
public final class SdkIdentities {

    private SdkIdentities() {}

    /// A key of the device's own, in base64 as the operator gave it.
    public static SecurityProvider key(String registrationId, String base64) {
        return new SecurityProviderSymmetricKey(base64.getBytes(StandardCharsets.US_ASCII), registrationId);
    }

    /// A key that the SDK derives from its group's.
    public static SecurityProvider derivedKey(String registrationId, String groupKeyBase64)
            throws GeneralSecurityException {
        byte[] key = SecurityProviderSymmetricKey.ComputeDerivedSymmetricKey(
                groupKeyBase64.getBytes(StandardCharsets.US_ASCII), registrationId);
        return new SecurityProviderSymmetricKey(key, registrationId);
    }

    /// A certificate, with the intermediate of its maker; the SDK registers under its common name.
    public static SecurityProvider certificate(X509Device device) throws GeneralSecurityException {
        List<X509Certificate> chain = chain(device);
        return new SecurityProviderX509Cert(chain.getFirst(), key(device), chain.subList(1, chain.size()));
    }

    /// A certificate in a device that registers under another name than the certificate's.
    public static SecurityProvider certificate(X509Device device, String registrationId)
            throws GeneralSecurityException {
        List<X509Certificate> chain = chain(device);
        PrivateKey key = key(device);
        return new SecurityProviderX509() {
            @Override
            public String getClientCertificateCommonName() {
                return registrationId;
            }

            @Override
            public X509Certificate getClientCertificate() {
                return chain.getFirst();
            }

            @Override
            public Key getClientPrivateKey() {
                return key;
            }

            @Override
            public Collection<X509Certificate> getIntermediateCertificatesChain() {
                return chain.subList(1, chain.size());
            }
        };
    }

    private static List<X509Certificate> chain(X509Device device) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(device.chainPemBytes()))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static PrivateKey key(X509Device device) throws GeneralSecurityException {
        String base64 =
                device.privateKeyPem().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
