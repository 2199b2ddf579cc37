package io.muster.fleet.floor;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.conscrypt.Conscrypt;

/// Checks the signatures of a chain (leaf by intermediate, intermediate by root) with native code, and nothing else.
final class ChainCheck extends X509ExtendedTrustManager {

    private static final int LENGTH = 2;
    private static final int MOST_REMEMBERED = 64;

    private final Provider provider = Conscrypt.newProvider();
    private final CertificateFactory certificates;
    private final X509Certificate root;
    private final Intermediates intermediates;
    private final Map<ByteBuffer, X509Certificate> remembered = new ConcurrentHashMap<>();

    ChainCheck(byte[] rootPem, Intermediates intermediates) throws GeneralSecurityException {
        this.certificates = CertificateFactory.getInstance("X.509", provider);
        this.root = parse(rootPem);
        this.intermediates = intermediates;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (chain.length != LENGTH) {
            throw new CertificateException("The floor expects leaf and intermediate, but got " + chain.length);
        }
        try {
            X509Certificate intermediate = intermediate(chain[1].getEncoded());
            parse(chain[0].getEncoded()).verify(intermediate.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("The chain does not lead to the root", e);
        }
    }

    private X509Certificate intermediate(byte[] der) throws GeneralSecurityException {
        ByteBuffer key = ByteBuffer.wrap(der);
        X509Certificate known = remembered.get(key);
        if (known != null && intermediates == Intermediates.CACHED) {
            return known;
        }
        X509Certificate fresh = parse(der);
        fresh.verify(root.getPublicKey());
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(key, fresh);
        }
        return fresh;
    }

    private X509Certificate parse(byte[] encoded) throws CertificateException {
        return (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(encoded));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("The floor has no sockets of this kind");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The floor has no connections without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("The floor is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("The floor is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The floor is no client");
    }

    /// None: an empty list of authorities, so that every device shows what it has.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
