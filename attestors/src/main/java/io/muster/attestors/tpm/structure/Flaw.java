package io.muster.attestors.tpm.structure;

/// Why a structure or a key is not taken. Data, not an exception: hostile input is an everyday event.
public sealed interface Flaw {

    /// A stable word for this kind of flaw, for programs.
    String code();

    /// What is wrong, for people.
    String says();

    record TooLarge(String what, int size, int limit) implements Flaw {
        @Override
        public String code() {
            return "tpm_structure_too_large";
        }

        @Override
        public String says() {
            return what + " is " + size + " bytes long; at most " + limit + " bytes are read";
        }
    }

    record Truncated(String what) implements Flaw {
        @Override
        public String code() {
            return "tpm_structure_truncated";
        }

        @Override
        public String says() {
            return "the bytes end in the middle of " + what + "; send the structure whole, as the TPM gave it";
        }
    }

    record Trailing(String what, int count) implements Flaw {
        @Override
        public String code() {
            return "tpm_structure_trailing";
        }

        @Override
        public String says() {
            return what + " is followed by " + count + " bytes that do not belong to it";
        }
    }

    record WrongSize(String what, int size, String wanted) implements Flaw {
        @Override
        public String code() {
            return "tpm_structure_wrong_size";
        }

        @Override
        public String says() {
            return what + " is " + size + " bytes long; it must be " + wanted;
        }
    }

    record Malformed(String what) implements Flaw {
        @Override
        public String code() {
            return "tpm_structure_malformed";
        }

        @Override
        public String says() {
            return "the structure is not well-formed: " + what;
        }
    }

    record Unsupported(String what) implements Flaw {
        @Override
        public String code() {
            return "tpm_unsupported";
        }

        @Override
        public String says() {
            return what + " is not supported; use RSA of 2048, 3072 or 4096 bits or ECC P-256 or P-384, with SHA-256"
                    + " or better";
        }
    }

    record WeakKey(String what) implements Flaw {
        @Override
        public String code() {
            return "tpm_weak_key";
        }

        @Override
        public String says() {
            return "the key is not taken: " + what;
        }
    }

    /// TPM 2.0 Library, Part 2, TPM_GENERATED: what a TPM did not write itself cannot begin with this number.
    record NotFromTpm(String magic) implements Flaw {
        @Override
        public String code() {
            return "tpm_attestation_not_from_tpm";
        }

        @Override
        public String says() {
            return "the attestation begins with " + magic + " and not with ff544347, so no TPM wrote it";
        }
    }

    record NotACertification(String type) implements Flaw {
        @Override
        public String code() {
            return "tpm_attestation_wrong_type";
        }

        @Override
        public String says() {
            return "the attestation is " + type + " and not the certification of a key (8017, TPM2_Certify)";
        }
    }

    record AttributeMissing(String key, KeyAttribute attribute) implements Flaw {
        @Override
        public String code() {
            return "tpm_key_attribute_missing";
        }

        @Override
        public String says() {
            return key + " must have the attribute " + attribute.word();
        }
    }

    record AttributeForbidden(String key, KeyAttribute attribute) implements Flaw {
        @Override
        public String code() {
            return "tpm_key_attribute_forbidden";
        }

        @Override
        public String says() {
            return key + " must not have the attribute " + attribute.word();
        }
    }

    record UnknownPolicy(String policy) implements Flaw {
        @Override
        public String code() {
            return "tpm_endorsement_policy_unknown";
        }

        @Override
        public String says() {
            return "the endorsement key's policy is " + (policy.isEmpty() ? "empty" : policy)
                    + "; the policies of the TCG EK Credential Profile (PolicyA, PolicyB) are taken";
        }
    }
}
