package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import java.util.HexFormat;

/// The policies that the makers of TPMs give to endorsement keys (TCG EK Credential Profile for TPM Family 2.0, Level
/// 0, version 2.1, annex B.6).
final class EndorsementPolicies {

    /// PolicyA, annex B.6.2: TPM2_PolicySecret of the endorsement hierarchy.
    private static final Bytes POLICY_A_SHA256 =
            hex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    /// PolicyB, annex B.6.5: PolicyA, or the policy in an NV index of the maker's.
    private static final Bytes POLICY_B_SHA256 =
            hex("ca3d0a99a2b93906f7a3342414efcfb3a385d44cd1fd459089d19b5071c0b7a0");

    private static final Bytes POLICY_B_SHA384 = hex(
            "b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4" + "cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12");

    private static final Bytes POLICY_B_SHA512 = hex("b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59ef79e49a4"
            + "29c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea");

    private EndorsementPolicies() {}

    /// The low range knows SHA-256 alone (annex B.3).
    static boolean isOfLowRange(HashAlgorithm nameAlgorithm, Bytes policy) {
        return nameAlgorithm == HashAlgorithm.SHA256 && policy.equals(POLICY_A_SHA256);
    }

    static boolean isOfHighRange(HashAlgorithm nameAlgorithm, Bytes policy) {
        return policy.equals(
                switch (nameAlgorithm) {
                    case SHA256 -> POLICY_B_SHA256;
                    case SHA384 -> POLICY_B_SHA384;
                    case SHA512 -> POLICY_B_SHA512;
                });
    }

    private static Bytes hex(String digits) {
        return Bytes.of(HexFormat.of().parseHex(digits));
    }
}
