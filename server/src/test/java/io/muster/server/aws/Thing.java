package io.muster.server.aws;

import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.X509Device;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/// Text that a device sends and gets.
final class Thing {

    private Thing() {}

    /// A certificate request in PEM.
    static String pem(CertificateRequest request) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request.der())
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    /// The device with a certificate that it got for its own key.
    static X509Device granted(CertificateRequest request, String certificatePem) {
        return request.granted(der(certificatePem), "");
    }

    /// The device with a certificate and a key that it got.
    static X509Device given(String name, String certificatePem, String privateKeyPem) {
        String base64 = privateKeyPem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return X509Device.of(name, der(certificatePem), Base64.getDecoder().decode(base64), "");
    }

    private static byte[] der(String certificatePem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)))
                    .getEncoded();
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
