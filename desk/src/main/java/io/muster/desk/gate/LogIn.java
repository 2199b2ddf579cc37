package io.muster.desk.gate;

import io.muster.core.access.AccessKey;
import io.muster.core.access.KeyText;
import io.muster.core.access.Principal;
import io.muster.core.access.Principals;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.ledger.LedgerUnavailable;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out who comes with a key or a client certificate. Every request is looked up anew: a key that was revoked a
/// moment ago opens nothing, on any node. Blocks on the database.
public final class LogIn {

    private static final Logger LOG = LoggerFactory.getLogger(LogIn.class);

    /// What came of it.
    public sealed interface Welcome {

        record Known(Principal principal) implements Welcome {}

        /// @param why in words that only say what the caller has proved to know already
        record Stranger(String why, String remedy) implements Welcome {}
    }

    private final Principals principals;
    private final InstantSource clock;

    public LogIn(Principals principals, InstantSource clock) {
        this.principals = principals;
        this.clock = clock;
    }

    /// Who the signature is made for, and until when it is good, was looked at before.
    Welcome by(SharedAccessSignature signature) {
        Instant now = clock.instant();
        return welcome(principals.bySignature(signature, now), now);
    }

    Welcome by(KeyText text) {
        Instant now = clock.instant();
        return welcome(principals.byText(text, now), now);
    }

    /// TLS has seen to it that the caller holds the certificate's key. Who issued it does not matter: an owner
    /// registered this very key or certificate.
    Welcome by(X509Certificate certificate) {
        Instant now = clock.instant();
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            return new Welcome.Stranger(
                    "The client certificate is not within its validity.",
                    "Come with a valid one; one with the same key needs no new registration.");
        }
        return welcome(
                principals.byCertificate(Fingerprints.ofKey(certificate), Fingerprints.of(certificate), now), now);
    }

    private Welcome welcome(Optional<AccessKey> found, Instant now) {
        if (found.isEmpty()) {
            return unknown();
        }
        AccessKey key = found.get();
        return switch (key.standing(now)) {
            case ACTIVE -> {
                note(key, now);
                yield new Welcome.Known(key.principal());
            }
            case EXPIRED ->
                new Welcome.Stranger(
                        "The key " + key.id() + " expired.",
                        "Ask an owner to rotate it: muster key rotate " + key.id());
            case REVOKED ->
                new Welcome.Stranger("The key " + key.id() + " was revoked.", "Ask an owner for another one.");
        };
    }

    static Welcome unknown() {
        return new Welcome.Stranger(
                "The request carries no valid key.",
                "Send a key as: Authorization: Bearer <key>. The first one lies in the data directory, file"
                        + " admin.token; an owner makes others with: muster key create --help");
    }

    /// That it could not be noted keeps nobody out.
    private void note(AccessKey key, Instant now) {
        if (!key.unusedSince(now)) {
            return;
        }
        try {
            principals.used(key.id(), now);
        } catch (LedgerUnavailable e) {
            LOG.warn("The use of a key could not be noted: {}", e.getMessage());
        }
    }
}
