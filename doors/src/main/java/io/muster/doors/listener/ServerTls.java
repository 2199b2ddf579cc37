package io.muster.doors.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The TLS rules of every listener, and the server identity of the moment.
///
/// TLS 1.2 and 1.3; only suites that authenticate what they encrypt and keep forward secrecy; no resumption of any
/// kind, for a resumed session would dodge the look at the caller's certificate; a client certificate is asked for, not
/// required. BoringSSL refuses renegotiation by itself.
public final class ServerTls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "secp256r1", "secp384r1"};

    /// Room for ten certificates with post-quantum signatures.
    private static final int MAX_CHAIN_BYTES = 64 * 1024;

    private final boolean nativeTls = OpenSsl.isAvailable();
    private final ReadWriteLock swap = new ReentrantReadWriteLock();
    private final TlsWatch watch;
    private final List<String> protocols;
    private SslContext current;

    public ServerTls(ServerIdentity identity) throws SSLException {
        this(identity, TlsWatch.NOBODY);
    }

    /// @param watch hears how handshakes end
    public ServerTls(ServerIdentity identity, TlsWatch watch) throws SSLException {
        this(identity, watch, List.of());
    }

    /// @param protocols the names that are agreed to where a caller asks for one of them by ALPN (RFC 7301); to
    ///     a caller that asks for others nothing is said about it, and never an alert: AWS's SDKs ask on every port
    public ServerTls(ServerIdentity identity, TlsWatch watch, List<String> protocols) throws SSLException {
        this.watch = watch;
        this.protocols = List.copyOf(protocols);
        this.current = context(identity);
        if (!nativeTls) {
            LOG.warn(describe());
        }
    }

    /// Shows another identity from the next connection on; open connections keep theirs.
    public void present(ServerIdentity identity) throws SSLException {
        SslContext next = context(identity);
        swap.writeLock().lock();
        try {
            ReferenceCountUtil.release(current);
            current = next;
        } finally {
            swap.writeLock().unlock();
        }
    }

    /// Which TLS this is, in one sentence.
    public String describe() {
        return nativeTls
                ? "TLS by " + OpenSsl.versionString() + "."
                : "TLS by the JDK, because BoringSSL could not be loaded (" + OpenSsl.unavailabilityCause()
                        + "): a handshake costs about five times as much. Run on Linux or macOS, x86-64 or arm64, with"
                        + " glibc, to change that.";
    }

    TlsWatch watch() {
        return watch;
    }

    /// Frees the native context once its last connection is closed.
    @Override
    public void close() {
        swap.writeLock().lock();
        try {
            ReferenceCountUtil.release(current);
        } finally {
            swap.writeLock().unlock();
        }
    }

    /// The TLS end of one new connection.
    SslHandler handler(ByteBufAllocator allocator, TimeLimits limits) {
        SslHandler handler = newHandler(allocator);
        handler.setHandshakeTimeoutMillis(limits.handshake().toMillis());
        if (handler.engine() instanceof ReferenceCountedOpenSslEngine engine) {
            // Netty turns TLS 1.3 tickets on per engine, whatever its context says.
            SSL.setOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
        } else {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setNamedGroups(GROUPS);
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    /// The lock keeps a context from being freed between picking it and using it.
    private SslHandler newHandler(ByteBufAllocator allocator) {
        swap.readLock().lock();
        try {
            return current.newHandler(allocator);
        } finally {
            swap.readLock().unlock();
        }
    }

    private SslContext context(ServerIdentity identity) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(nativeTls ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(SUITES, IdentityCipherSuiteFilter.INSTANCE)
                .trustManager(new PresentedChain())
                .clientAuth(ClientAuth.OPTIONAL);
        if (!protocols.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
        }
        if (nativeTls) {
            builder.option(OpenSslContextOption.GROUPS, GROUPS)
                    .option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, MAX_CHAIN_BYTES)
                    .option(OpenSslContextOption.USE_TASKS, false);
        }
        SslContext context = builder.build();
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }
}
