package io.muster.core.door;

import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.KeyAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A certificate request (PKCS#10, RFC 2986), read at the wall. Its form and its key are sound; whether the caller
/// holds the private key, and whether it may have what it asks for, is not known yet.
///
/// @param purpose   what the caller wants
/// @param der       the request exactly as it was sent: possession is proved over these bytes
/// @param publicKey the SubjectPublicKeyInfo in DER
/// @param algorithm the kind of that key
/// @param asked     what it asks for besides a signature on its key
public record CertificateRequest(Purpose purpose, Bytes der, Bytes publicKey, KeyAlgorithm algorithm, Asked asked) {

    /// What the caller wants.
    public enum Purpose {
        /// A certificate for its key (EST simpleenroll, DPS).
        ENROLL,
        /// Another certificate in place of the one that it presents (EST simplereenroll).
        RENEW,
        /// A key pair made by the server, and a certificate for it (EST serverkeygen). The key of the request only
        /// proves who asks.
        GENERATE_KEY
    }

    /// What a request asks for. Nothing of it is granted by being asked.
    ///
    /// @param subject        comparable form of the subject; the empty string for an empty subject
    /// @param subjectDer     the subject, DER
    /// @param commonName     its only common name
    /// @param names          subject alternative names
    /// @param authority      whether it asks to be a certificate authority
    /// @param purposes       extended key usages, as OIDs in dotted form
    /// @param newSubject     comparable form of what ChangeSubjectName asks for (RFC 7030 section 4.2.2)
    /// @param channelBinding whether it carries a challenge password, by which EST links it to the TLS connection
    public record Asked(
            String subject,
            Bytes subjectDer,
            Optional<String> commonName,
            List<AlternativeName> names,
            boolean authority,
            Set<String> purposes,
            Optional<String> newSubject,
            boolean channelBinding) {
        public Asked {
            names = List.copyOf(names);
            purposes = Set.copyOf(purposes);
        }
    }

    /// A subject alternative name.
    ///
    /// @param value text for DNS, EMAIL and URI, an address in text for IP, the OID or tag for OTHER
    public record AlternativeName(Kind kind, String value) {

        /// The kinds of name that are told apart.
        public enum Kind {
            DNS,
            EMAIL,
            URI,
            IP,
            OTHER
        }
    }

    /// The fingerprint of its key.
    public IdentityKey key() {
        return IdentityKey.ofPublicKey(publicKey.toArray());
    }
}
