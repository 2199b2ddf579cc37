package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.StorageKey;
import io.muster.core.device.Bytes;
import java.security.GeneralSecurityException;

/// Wraps an identity key for one TPM, in the blob that devices with the Azure provisioning SDKs unpack: six buffers
/// with their sizes in front. The TPM activates the credential, imports the identity key under its storage root key
/// with what it found in it, and from then on signs tokens with a key that nobody can read.
public final class ActivationBlob {

    /// The SDKs give the cipher an IV as long as the key, so only a key as long as a block works.
    private static final int WRAPPING_KEY_BYTES = 16;

    private static final int SHORTEST_KEY = 16;

    /// A longer key would be hashed first (RFC 2104 section 2).
    private static final int LONGEST_KEY = 64;

    /// What the SDKs hand to one TPM command.
    private static final int LONGEST_ADDRESS = 1024;

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final CredentialMaker credentials;
    private final Primitives primitives;

    public ActivationBlob(CredentialMaker credentials, Primitives primitives) {
        this.credentials = credentials;
        this.primitives = primitives;
    }

    /// How the identity key travels.
    public enum Wrapping {
        /// Under the credential's secret alone.
        INNER,
        /// Under the credential's secret, and once more for the storage root key: whoever holds the endorsement key's
        /// secret part alone does not learn it.
        INNER_AND_OUTER
    }

    /// @param storageKey under which the identity key is imported; the credential binds it to the endorsement key
    /// @param identityKey the secret with which the device will sign its tokens (HMAC-SHA-256)
    /// @param address what the SDKs call URI data: the TPM decrypts it, and they do nothing with it. It shares its
    ///     key with the inner wrapper, so no secret belongs here
    public Bytes wrap(
            EndorsementKey endorsementKey,
            StorageKey storageKey,
            byte[] identityKey,
            byte[] address,
            Wrapping wrapping) {
        requireSize("an identity key", identityKey, SHORTEST_KEY, LONGEST_KEY);
        requireSize("an address", address, 0, LONGEST_ADDRESS);
        try {
            byte[] wrappingKey = primitives.random(WRAPPING_KEY_BYTES);
            Credential credential =
                    credentials.make(endorsementKey, storageKey.area().name(), wrappingKey);
            IdentityObject object = IdentityObject.of(identityKey, primitives.random(HashAlgorithm.SHA256.bytes()));
            Duplicate duplicate = outer(storageKey.area(), object, inner(object, wrappingKey), wrapping);
            return Bytes.of(new Marshal()
                    .raw(credential.idObject())
                    .raw(credential.encryptedSecret())
                    .sized(duplicate.octets())
                    .sized(duplicate.encryptedSeed())
                    .sized(object.publicArea())
                    .sized(Primitives.encrypt(wrappingKey, address))
                    .octets());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot wrap a key for checked keys", e);
        }
    }

    /// TPM 2.0 Library, Part 1, section "Inner duplication wrapper".
    private static byte[] inner(IdentityObject object, byte[] wrappingKey) throws GeneralSecurityException {
        byte[] sensitive = new Marshal().sized(object.sensitiveArea()).octets();
        byte[] integrity = HashAlgorithm.SHA256.digest(sensitive, object.name().toArray());
        return Primitives.encrypt(
                wrappingKey, new Marshal().sized(integrity).raw(sensitive).octets());
    }

    private Duplicate outer(PublicArea storageKey, IdentityObject object, byte[] inner, Wrapping wrapping)
            throws GeneralSecurityException {
        return switch (wrapping) {
            case INNER -> new Duplicate(Bytes.of(inner), NOTHING);
            case INNER_AND_OUTER -> {
                SharedSeed seed = SharedSeed.with(storageKey, "DUPLICATE", primitives);
                yield new Duplicate(
                        Protection.protect(storageKey, seed.seed(), object.name(), inner), seed.encrypted());
            }
        };
    }

    private static void requireSize(String what, byte[] octets, int min, int max) {
        if (octets.length < min || octets.length > max) {
            throw new IllegalArgumentException(
                    what + " has from " + min + " to " + max + " bytes, not " + octets.length);
        }
    }

    /// @param octets        the content of TPM2B_PRIVATE
    /// @param encryptedSeed the content of TPM2B_ENCRYPTED_SECRET; empty without an outer wrapper
    private record Duplicate(Bytes octets, Bytes encryptedSeed) {}
}
