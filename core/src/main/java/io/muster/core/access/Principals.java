package io.muster.core.access;

import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who may come to the desk besides the holder of its first token. A change holds on every node for whatever is asked
/// after it. What is returned is durable, and every change is audited with its warrant in the same transaction. Throws
/// [io.muster.core.ledger.LedgerUnavailable] where the store cannot be reached. Called by any number of threads.
public interface Principals {

    /// Most keys of a tenant, and of the installation, those that ended not long ago among them.
    int MOST = 1_000;

    /// The key of exactly that text, or of the text before its last rotation while they overlap; whether it expired
    /// or was revoked is the caller's to look at.
    Optional<AccessKey> byText(KeyText text, Instant now);

    /// The key of whoever proved the possession of a client certificate's key.
    ///
    /// @param keyFingerprint         of its SubjectPublicKeyInfo, as [ProvedBy.ClientKey] has it
    /// @param certificateFingerprint as [ProvedBy.ClientCertificate] has it
    Optional<AccessKey> byCertificate(String keyFingerprint, String certificateFingerprint, Instant now);

    /// The key of the shared access policy that a signature names, where the signature was made with it, or with
    /// what it was before its last rotation while they overlap. A policy that is named without a tenant is the
    /// only tenant's there is. Compares in constant time.
    Optional<AccessKey> bySignature(SharedAccessSignature signature, Instant now);

    /// Makes a key. The name of a shared access policy is unique among those of its tenant that are not revoked.
    Answer make(Order order, Warrant warrant);

    /// One key of a tenant, or of the installation itself.
    Optional<AccessKey> find(Optional<Name> tenant, KeyId id);

    /// Keys of a tenant, or of the installation itself, in the order of their numbers.
    ///
    /// @param after the last one of the page before
    /// @param limit 1 to 1000
    List<AccessKey> list(Optional<Name> tenant, Optional<KeyId> after, int limit);

    /// Gives a key another secret or certificate.
    ///
    /// @param present as it was read; where it changed since, nothing is done
    Answer rotate(AccessKey present, Rotation rotation, Warrant warrant);

    /// Revokes a key for good; revoking again changes nothing.
    Answer revoke(AccessKey present, Warrant warrant);

    /// Notes that a key was used, at most once a minute.
    void used(KeyId id, Instant at);

    /// @param expiresAt empty: never
    record Order(String name, ProvedBy provedBy, Role role, Scope scope, Optional<Instant> expiresAt) {}

    /// @param provedBy     of the same kind as before; for a certificate, the fingerprint of the new one
    /// @param overlapUntil until when what was before is good, too
    /// @param expiresAt    empty: never
    record Rotation(ProvedBy provedBy, Instant overlapUntil, Optional<Instant> expiresAt) {}

    /// What came of a change.
    sealed interface Answer {

        /// @param text of a new API key, or the key of a shared access policy in base64: this is the only time that
        ///     anybody sees it; empty for certificates, for a key that was revoked, and where nothing was to be
        ///     written
        record Done(AccessKey key, Optional<Secret> text) implements Answer {}

        /// Another principal comes with the same certificate, or has the same policy name.
        record Taken() implements Answer {}

        record Missing(String what) implements Answer {}

        /// It changed since it was read.
        record Stale(int version) implements Answer {}

        record Full(int limit) implements Answer {}
    }
}
