package io.muster.fleet.channel;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Checks the server's certificate as any client does, but each certificate once: a fleet of thousands in one process
/// would otherwise spend more on repeating the same check than on its handshakes.
///
/// One instance serves one host name, so that a remembered verdict includes the name check.
final class RememberedTrust extends X509ExtendedTrustManager {

    private static final int AT_MOST = 64;

    private final X509ExtendedTrustManager checker;
    private final Set<ByteBuffer> trusted = ConcurrentHashMap.newKeySet();

    RememberedTrust(X509ExtendedTrustManager checker) {
        this.checker = checker;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        ByteBuffer leaf = ByteBuffer.wrap(chain[0].getEncoded());
        if (trusted.contains(leaf)) {
            return;
        }
        checker.checkServerTrusted(chain, authType, engine);
        if (trusted.size() < AT_MOST) {
            trusted.add(leaf);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checker.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checker.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("A device has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("A device has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("A device has no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checker.getAcceptedIssuers();
    }
}
