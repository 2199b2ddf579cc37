package io.muster.x509.codec;

/// Why one certificate, or the name in it, is not taken. Data, not an exception: hostile input is an everyday event.
public sealed interface Finding {

    /// A stable word for this kind of finding, for programs.
    String code();

    /// What is wrong, for people.
    String says();

    record TooLarge(int size, int limit) implements Finding {
        @Override
        public String code() {
            return "certificate_too_large";
        }

        @Override
        public String says() {
            return "the certificate is " + size + " bytes long; at most " + limit + " bytes are read";
        }
    }

    record Malformed(String what) implements Finding {
        @Override
        public String code() {
            return "malformed";
        }

        @Override
        public String says() {
            return "the certificate is not well-formed DER: " + what;
        }
    }

    record TooComplex(String what, int count, int limit) implements Finding {
        @Override
        public String code() {
            return "too_complex";
        }

        @Override
        public String says() {
            return "the certificate carries " + count + " " + what + "; at most " + limit + " are read";
        }
    }

    record WeakKey(String what) implements Finding {
        @Override
        public String code() {
            return "weak_key";
        }

        @Override
        public String says() {
            return "the key is not taken: " + what;
        }
    }

    record UnsupportedKey(String what) implements Finding {
        @Override
        public String code() {
            return "unsupported_key";
        }

        @Override
        public String says() {
            return "the key is of a kind that is not supported: " + what
                    + "; use RSA 2048 to 4096 bits, EC P-256, P-384 or P-521, or Ed25519";
        }
    }

    record WeakSignature(String algorithm) implements Finding {
        @Override
        public String code() {
            return "weak_signature";
        }

        @Override
        public String says() {
            return "the certificate is signed with " + algorithm
                    + ", which can be forged; sign it with SHA-256 or better";
        }
    }

    record UnsupportedSignature(String algorithm) implements Finding {
        @Override
        public String code() {
            return "unsupported_signature";
        }

        @Override
        public String says() {
            return "the signature algorithm " + algorithm
                    + " is not supported; use ECDSA, RSA (PKCS#1 or PSS) with SHA-256 or better, or Ed25519";
        }
    }

    record UnknownCriticalExtension(String oid) implements Finding {
        @Override
        public String code() {
            return "unknown_critical_extension";
        }

        @Override
        public String says() {
            return "the extension " + oid + " is marked critical and Muster does not know it";
        }
    }

    record UnsupportedNameConstraint(String what) implements Finding {
        @Override
        public String code() {
            return "name_constraint_unsupported";
        }

        @Override
        public String says() {
            return "the name constraints hold " + what + ", which cannot be checked";
        }
    }

    record NoCommonName() implements Finding {
        @Override
        public String code() {
            return "no_common_name";
        }

        @Override
        public String says() {
            return "the subject has no common name (CN); a device's certificate names the device there";
        }
    }

    record SeveralCommonNames(int count) implements Finding {
        @Override
        public String code() {
            return "several_common_names";
        }

        @Override
        public String says() {
            return "the subject has " + count + " common names (CN); exactly one must name the device";
        }
    }

    record CommonNameInCompany() implements Finding {
        @Override
        public String code() {
            return "common_name_multi_valued";
        }

        @Override
        public String says() {
            return "the common name (CN) shares its RDN with other attributes; it must stand alone";
        }
    }

    record OddCommonNameType(String type) implements Finding {
        @Override
        public String code() {
            return "common_name_odd_type";
        }

        @Override
        public String says() {
            return "the common name (CN) is written as " + type + "; use UTF8String or PrintableString";
        }
    }
}
