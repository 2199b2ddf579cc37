package io.muster.doors.listener;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets any client certificate chain pass that is short enough; TLS itself proves that the caller holds the leaf's
/// key. Whether the chain is worth anything is decided per enrollment, later, where there is a tenant to decide for.
///
/// Names no issuers: an empty list of authorities in the CertificateRequest makes every client send what it has.
final class PresentedChain extends X509ExtendedTrustManager {

    private static final int MAX_CERTIFICATES = 10;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw serversOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw serversOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw serversOnly();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static void bound(X509Certificate[] chain) throws CertificateException {
        if (chain.length > MAX_CERTIFICATES) {
            throw new CertificateException("The chain has " + chain.length + " certificates; at most "
                    + MAX_CERTIFICATES + " are taken. Present the leaf and its intermediates only.");
        }
    }

    private static CertificateException serversOnly() {
        return new CertificateException("A listener does not call servers.");
    }
}
