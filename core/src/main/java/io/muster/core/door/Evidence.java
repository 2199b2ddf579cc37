package io.muster.core.door;

import io.muster.core.device.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a device shows to prove itself. Nothing of it is believed until an attestor has checked it.
public sealed interface Evidence {

    /// The chain that the device presented in the TLS handshake, leaf first, each certificate in DER. The handshake
    /// proved possession of the leaf's key and nothing else.
    record CertificateChain(List<Bytes> certificates) implements Evidence {
        public CertificateChain {
            certificates = List.copyOf(certificates);
        }
    }

    /// A shared access signature.
    ///
    /// @param token    what follows the scheme word, unparsed: the fields `sr`, `sig`, `se`, `skn` joined by `&`
    /// @param resource what the token's `sr` must name: `{scope}/registrations/{id}` at DPS, and
    ///     `{host}/devices/{id}` at a hub
    record SharedAccessSignature(String token, String resource) implements Evidence {

        private static final Pattern EXPIRES = Pattern.compile("(?:^|&)se=([0-9]{1,12})(?:&|$)");

        /// When it says that it ends; of a token that an attestor believed, that is when it ends.
        public Optional<Instant> expires() {
            Matcher field = EXPIRES.matcher(token);
            return field.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(field.group(1)))) : Optional.empty();
        }

        @Override
        public String toString() {
            return "SharedAccessSignature for " + resource;
        }
    }

    /// A one-time token (EST: the password of HTTP Basic).
    ///
    /// @param text as it was sent
    record OneTimeToken(String text) implements Evidence {
        @Override
        public String toString() {
            return "OneTimeToken";
        }
    }

    /// Ownership of a certificate that a claim created a moment ago (AWS: certificate ownership token).
    ///
    /// @param token as it was sent
    /// @param claim fingerprint of the claim's certificate, which the connection proved possession of
    record Ownership(String token, String claim) implements Evidence {
        @Override
        public String toString() {
            return "Ownership";
        }
    }

    /// What a device shows of its TPM (TPM 2.0 library, part 2): public areas as the chip gives them.
    ///
    /// @param endorsementKey TPM2B_PUBLIC
    /// @param certificate    the endorsement key's certificate, DER, as read from the chip: padding may follow
    /// @param protectedKey   TPM2B_PUBLIC of the key whose presence in the same chip shall be proved
    /// @param role           what that key is
    record TpmChip(Bytes endorsementKey, Optional<Bytes> certificate, Bytes protectedKey, Role role)
            implements Evidence {

        /// What a key of a chip is for.
        public enum Role {
            /// A restricted signing key: the native door.
            ATTESTATION,
            /// The storage root key: DPS, whose devices import a token key under it.
            STORAGE_ROOT
        }
    }

    /// The answer to a challenge: what only the challenged chip could decrypt (TPM2_ActivateCredential).
    ///
    /// @param continuation what came with the challenge, as it came
    record TpmActivation(Bytes continuation, Bytes secret) implements Evidence {
        @Override
        public String toString() {
            return "TpmActivation";
        }
    }

    /// The attestation key's word that the key of the certificate request lives in its chip (TPM2_Certify).
    ///
    /// @param publicArea  TPM2B_PUBLIC of the key of the request
    /// @param attestation TPM2B_ATTEST over the challenge's nonce
    /// @param signature   TPMT_SIGNATURE of the attestation key
    record TpmCertifiedKey(Bytes publicArea, Bytes attestation, Bytes signature) implements Evidence {}
}
