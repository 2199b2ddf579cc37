package io.muster.fleet.channel;

import io.muster.fleet.device.X509Device;
import io.netty.handler.ssl.PemPrivateKey;
import io.netty.handler.ssl.PemX509Certificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each TLS engine its own device's key, so that one TLS context serves the whole fleet.
///
/// A context per device would cost more than the handshake. The alias travels in the engine's session; what is lent
/// is a PEM, which the native library reads without a detour through Java's key types.
final class KeyRing extends X509ExtendedKeyManager {

    private final Map<SSLEngine, String> aliases = new ConcurrentHashMap<>();
    private final Map<String, X509Device> lent = new ConcurrentHashMap<>();
    private final AtomicLong loans = new AtomicLong();

    /// Makes `engine` present the certificate of `device` until it is taken back.
    void lend(SSLEngine engine, X509Device device) {
        String alias = Long.toString(loans.incrementAndGet());
        lent.put(alias, device);
        aliases.put(engine, alias);
    }

    void takeBack(SSLEngine engine) {
        String alias = aliases.remove(engine);
        if (alias != null) {
            lent.remove(alias);
        }
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return aliases.get(engine);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        X509Device device = lent.get(alias);
        return device == null ? null : new X509Certificate[] {PemX509Certificate.valueOf(device.chainPemBytes())};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        X509Device device = lent.get(alias);
        return device == null ? null : PemPrivateKey.valueOf(device.privateKeyPemBytes());
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
