package io.muster.attestors.tpm.structure;

import java.util.Optional;

/// How a key signs: the algorithm and the digest.
public record SigningScheme(Algorithm algorithm, HashAlgorithm hash) {

    private static final int NULL = 0x0010;

    /// The algorithms that are taken (TPM 2.0 Library, Part 2, TPMU_SIG_SCHEME).
    public enum Algorithm {
        RSASSA,
        RSAPSS,
        ECDSA
    }

    /// A scheme that may be left open (TPM_ALG_NULL): the signer then chooses each time.
    static Optional<SigningScheme> readOptional(Cursor cursor) {
        int code = cursor.u16("the signing scheme");
        return code == NULL ? Optional.empty() : Optional.of(withHash(code, cursor));
    }

    static SigningScheme read(Cursor cursor) {
        return withHash(cursor.u16("the signing scheme"), cursor);
    }

    private static SigningScheme withHash(int code, Cursor cursor) {
        Algorithm algorithm =
                switch (code) {
                    case 0x0014 -> Algorithm.RSASSA;
                    case 0x0016 -> Algorithm.RSAPSS;
                    case 0x0018 -> Algorithm.ECDSA;
                    default -> throw Unreadable.unsupported("the scheme " + Cursor.hex(code));
                };
        return new SigningScheme(algorithm, HashAlgorithm.read(cursor, "the scheme's digest"));
    }

    /// Whether such a key can sign so.
    public boolean fits(PublicKeyPart key) {
        return switch (key) {
            case PublicKeyPart.Rsa ignored -> algorithm != Algorithm.ECDSA;
            case PublicKeyPart.Ecc ignored -> algorithm == Algorithm.ECDSA;
        };
    }
}
