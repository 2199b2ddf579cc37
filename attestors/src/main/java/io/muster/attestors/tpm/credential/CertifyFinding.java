package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.Flaw;

/// Why a certification does not show that the key lives in the TPM.
public sealed interface CertifyFinding {

    /// A stable word for this kind of finding, for programs.
    String code();

    /// What is wrong, for people.
    String says();

    /// It is malformed, no TPM wrote it, or it says something else than TPM2_Certify does.
    record NoCertification(Flaw flaw) implements CertifyFinding {
        @Override
        public String code() {
            return flaw.code();
        }

        @Override
        public String says() {
            return flaw.says();
        }
    }

    record NoSignature(Flaw flaw) implements CertifyFinding {
        @Override
        public String code() {
            return "tpm_certify_signature_malformed";
        }

        @Override
        public String says() {
            return "the signature of the certification cannot be read: " + flaw.says();
        }
    }

    record OtherScheme() implements CertifyFinding {
        @Override
        public String code() {
            return "tpm_certify_other_scheme";
        }

        @Override
        public String says() {
            return "the certification is signed by another scheme than the attestation key's";
        }
    }

    record OtherSigner() implements CertifyFinding {
        @Override
        public String code() {
            return "tpm_certify_other_signer";
        }

        @Override
        public String says() {
            return "the certification is not signed by the attestation key that the credential was made for, or was"
                    + " altered after it was signed";
        }
    }

    record OtherNonce() implements CertifyFinding {
        @Override
        public String code() {
            return "tpm_certify_other_nonce";
        }

        @Override
        public String says() {
            return "the certification was not made for this challenge: its extraData is not the nonce; certify again"
                    + " with the nonce as qualifyingData";
        }
    }

    record OtherKey() implements CertifyFinding {
        @Override
        public String code() {
            return "tpm_certify_other_key";
        }

        @Override
        public String says() {
            return "the certification is of another key than the one that was sent with it";
        }
    }
}
