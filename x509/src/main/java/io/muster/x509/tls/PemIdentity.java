package io.muster.x509.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;

/// An identity out of PEM blocks: a chain, leaf first, and the PKCS#8 key that belongs to the leaf.
final class PemIdentity {

    private static final int MAX_CHAIN = 10;

    private PemIdentity() {}

    /// Both out of one file.
    static ServerIdentity of(Path file, String text) {
        return of(file, text, file, text);
    }

    static ServerIdentity of(Path chainFile, String chainText, Path keyFile, String keyText) {
        List<X509Certificate> chain = chain(chainFile, PemFile.parse(chainFile, chainText));
        PrivateKey key = key(keyFile, PemFile.parse(keyFile, keyText));
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new TlsFault("The key in " + keyFile + " does not belong to the first certificate in " + chainFile
                    + ". Put the server's own certificate first, and its key beside it.");
        }
        return new ServerIdentity(key, chain);
    }

    private static List<X509Certificate> chain(Path file, List<PemObject> blocks) {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemObject block : blocks) {
            if (block.getType().equals("CERTIFICATE")) {
                chain.add(certificate(file, block));
            }
        }
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new TlsFault(file + " holds " + chain.size() + " certificates; 1 to " + MAX_CHAIN
                    + " are expected. Write the server's own certificate first, then its intermediates.");
        }
        checkOrder(file, chain);
        return chain;
    }

    private static void checkOrder(Path file, List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new TlsFault("In " + file + " certificate " + (i + 1) + " did not issue certificate " + i
                        + ". Write the server's own certificate first, then each issuer in turn.");
            }
        }
    }

    private static X509Certificate certificate(Path file, PemObject block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getContent()));
        } catch (CertificateException e) {
            throw new TlsFault(file + " holds a certificate that cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static PrivateKey key(Path file, List<PemObject> blocks) {
        List<PemObject> keys = blocks.stream()
                .filter(block -> block.getType().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1 || !keys.getFirst().getType().equals("PRIVATE KEY")) {
            throw new TlsFault(
                    file + " does not hold exactly one unencrypted PKCS#8 key (\"-----BEGIN PRIVATE KEY-----\")."
                            + " Convert another kind with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getFirst().getContent());
            String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst().getContent()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new TlsFault(file + " holds a key that cannot be read. RSA, EC and Ed25519 keys are taken.", e);
        }
    }

    /// Proved by a signature: comparing numbers would need to know every kind of key.
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        try {
            String algorithm = key instanceof RSAKey
                    ? "SHA256withRSA"
                    : key.getAlgorithm().startsWith("Ed") ? "EdDSA" : "SHA256withECDSA";
            byte[] message = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
