package io.muster.outlets.credential;

import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// A server's certificate, of an authority of its own.
///
/// @param authority PEM
public record ServerIdentity(String authority, TestAuthority.Issued issued) {

    /// @param name that stands in the certificate
    public static ServerIdentity named(String name) {
        Instant from = Instant.now().minusSeconds(3600);
        Instant until = Instant.now().plusSeconds(86_400);
        TestAuthority root = TestAuthority.root(
                "servers", TestKeys.p256(), spec -> spec.validFrom(from).validUntil(until));
        TestAuthority.Issued issued = root.device(name, spec -> spec.validFrom(from)
                .validUntil(until)
                .extension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)))
                .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
        return new ServerIdentity(root.pem(), issued);
    }

    /// Writes `anchor.pem`, `server.pem` and `server.key`.
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("anchor.pem"), authority);
        Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", issued.der()));
        Files.writeString(
                folder.resolve("server.key"),
                pem("PRIVATE KEY", issued.keys().getPrivate().getEncoded()));
    }

    private static String pem(String label, byte[] octets) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(octets);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
