package io.muster.fleet.channel;

import io.muster.fleet.device.X509Device;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// The devices' side of TLS: one native context for the fleet, a full handshake for every connection.
final class DeviceTls implements AutoCloseable {

    /// What devices in the field offer today; the hybrid X25519MLKEM768 is in no published SDK's default.
    private static final String[] GROUPS = {"x25519", "secp256r1"};

    private final KeyRing keys = new KeyRing();
    private final SslContext context;
    private final Address address;

    DeviceTls(Address address, List<String> protocols) {
        this.address = address;
        if (!OpenSsl.isAvailable()) {
            throw new IllegalStateException(
                    "The native TLS library does not load on this machine; it exists for Linux (glibc) and macOS",
                    OpenSsl.unavailabilityCause());
        }
        try {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .option(OpenSslContextOption.GROUPS, GROUPS)
                    .keyManager(keys)
                    .trustManager(new RememberedTrust(checker(address.trustAnchorPem())))
                    .endpointIdentificationAlgorithm("HTTPS")
                    .applicationProtocolConfig(offer(protocols))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "Cannot use the given trust anchor; it must be a PEM file with the server's CA certificate", e);
        }
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
    }

    private static ApplicationProtocolConfig offer(List<String> protocols) {
        return protocols.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols);
    }

    /// The handler for one new connection of a device that shows `identity`.
    SslHandler handlerFor(Optional<X509Device> identity, ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, address.host(), address.port());
        handler.setHandshakeTimeoutMillis(0);
        identity.ifPresent(owner -> present(owner, handler));
        return handler;
    }

    private void present(X509Device owner, SslHandler handler) {
        SSLEngine engine = handler.engine();
        keys.lend(engine, owner);
        handler.handshakeFuture().addListener(_ -> keys.takeBack(engine));
    }

    private static X509ExtendedTrustManager checker(String anchorPem) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        byte[] pem = anchorPem.getBytes(StandardCharsets.US_ASCII);
        for (Certificate anchor :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            anchors.setCertificateEntry("anchor-" + anchors.size(), anchor);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("This JDK has no X.509 trust manager");
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
