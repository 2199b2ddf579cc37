package io.muster.server.house;

import io.muster.core.device.Bytes;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Revocations;
import io.muster.doors.listener.Transport;
import io.muster.doors.objects.SignedObjects;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import io.muster.store.Store;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.AuthoritySettings;
import io.muster.x509.issuing.IssuingAuthorities;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// The certificate authorities of the tenants, and where what they sign for everybody is published.
final class AuthorityRoom implements AutoCloseable {

    private final IssuingAuthorities issuer;
    private final Optional<PlainFront> plain;

    private AuthorityRoom(IssuingAuthorities issuer, Optional<PlainFront> plain) {
        this.issuer = issuer;
        this.plain = plain;
    }

    static AuthorityRoom open(
            Settings settings, Transport transport, Store store, SignatureEngine engine, InstantSource clock) {
        Shelf shelf = new Shelf();
        Settings.Listeners listeners = settings.listeners();
        Optional<PlainFront> plain = listeners.objectsPort().isEmpty()
                ? Optional.empty()
                : Optional.of(PlainFront.open(
                        transport, listeners, listeners.objectsPort().getAsInt(), shelf));
        URI base = settings.pki().baseUrl().or(() -> plain.map(PlainFront::url)).orElseThrow(AuthorityRoom::nowhere);
        AuthoritySettings made = new AuthoritySettings(
                settings.pki().subject(),
                settings.pki().rootLife(),
                settings.pki().issuingLife(),
                Set.copyOf(listeners.names()),
                base,
                settings.pki().crlShards());
        IssuingAuthorities issuer = new IssuingAuthorities(store.authorityVault(), made, engine, clock);
        shelf.fill(new Published(issuer, store.revocations(), settings.pki().crlLife()));
        return new AuthorityRoom(issuer, plain);
    }

    private static SettingsException nowhere() {
        return new SettingsException(
                "listeners.objects.port is off and pki.base-url is empty: certificates could not say"
                        + " where their CRL is. Set pki.base-url to where another node, or a server of yours, publishes them.");
    }

    private record Published(IssuingAuthorities authorities, Revocations revocations, Duration life)
            implements SignedObjects {

        @Override
        public Optional<Bytes> crl(String issuer, int shard) {
            return revocations.crl(issuer, shard, life, authorities.crls());
        }

        @Override
        public Optional<Bytes> authority(String issuer) {
            return authorities.certificate(issuer);
        }
    }

    Issuer issuer() {
        return issuer;
    }

    /// Where CRLs are served in the clear; empty where this node does not.
    Optional<URI> url() {
        return plain.map(PlainFront::url);
    }

    int connections() {
        return plain.map(PlainFront::connections).orElse(0);
    }

    @Override
    public void close() {
        plain.ifPresent(PlainFront::close);
    }
}
