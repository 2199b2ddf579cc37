package io.muster.desk.wire;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each new connection the identity of the moment, so that a renewed certificate needs no restart.
///
/// Each identity has an alias of its own: a handshake that began under one also ends under it.
public final class CurrentIdentity extends X509ExtendedKeyManager {

    private record Numbered(
            long number, ServerIdentity identity, @Nullable Numbered before) {
        String alias() {
            return "desk-" + number;
        }
    }

    private final AtomicReference<Numbered> current;

    public CurrentIdentity(ServerIdentity first) {
        this.current = new AtomicReference<>(new Numbered(1, first, null));
    }

    public void use(ServerIdentity next) {
        current.updateAndGet(
                now -> new Numbered(now.number() + 1, next, new Numbered(now.number(), now.identity(), null)));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return current().alias();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return current().alias();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {current().alias()};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return named(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return named(alias).key();
    }

    /// The desk is never a client.
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    private Numbered current() {
        Numbered now = current.get();
        if (now == null) {
            throw new IllegalStateException("There always is an identity");
        }
        return now;
    }

    private ServerIdentity named(String alias) {
        Numbered now = current();
        Numbered before = now.before();
        return before != null && before.alias().equals(alias) ? before.identity() : now.identity();
    }
}
