package io.muster.core.access;

import java.util.regex.Pattern;

/// How a principal proves at the desk that it is the one.
public sealed interface ProvedBy {

    /// By a text that it was told once.
    record ApiKey() implements ProvedBy {}

    /// By a client certificate with this public key, whoever issued it and however often it is renewed.
    ///
    /// @param fingerprint SHA-256 of the SubjectPublicKeyInfo, in lower-case hexadecimal
    record ClientKey(String fingerprint) implements ProvedBy {}

    /// By exactly this client certificate.
    ///
    /// @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal
    record ClientCertificate(String fingerprint) implements ProvedBy {}

    /// By signing with a key that it was told once: a shared access policy of Azure's DPS, under the name of its
    /// [AccessKey]. The key is kept, sealed: a signature cannot be checked without it.
    record SharedAccess() implements ProvedBy {

        /// Random bytes in a key.
        public static final int KEY_BYTES = 32;

        /// The name of a policy in words, for messages that refuse another.
        public static final String NAME_RULE =
                "1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or a digit";

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

        public static boolean isName(String text) {
            return NAME.matcher(text).matches();
        }
    }
}
