package io.muster.attestors.tpm.structure;

/// What a TPM promises of a key (TPM 2.0 Library, Part 2, TPMA_OBJECT), by the specification's own words.
public enum KeyAttribute {
    /// The key can never leave this TPM, nor can its parent.
    FIXED_TPM("fixedTPM", 1),
    ST_CLEAR("stClear", 2),
    FIXED_PARENT("fixedParent", 4),
    /// The TPM made the secret part itself; nobody brought it along.
    SENSITIVE_DATA_ORIGIN("sensitiveDataOrigin", 5),
    USER_WITH_AUTH("userWithAuth", 6),
    ADMIN_WITH_POLICY("adminWithPolicy", 7),
    FIRMWARE_LIMITED("firmwareLimited", 8),
    SVN_LIMITED("svnLimited", 9),
    NO_DA("noDA", 10),
    ENCRYPTED_DUPLICATION("encryptedDuplication", 11),
    /// The key signs only what the TPM itself wrote, or decrypts only what the TPM itself uses.
    RESTRICTED("restricted", 16),
    DECRYPT("decrypt", 17),
    SIGN("sign", 18),
    X509_SIGN("x509sign", 19);

    private final String word;
    private final int bit;

    KeyAttribute(String word, int bit) {
        this.word = word;
        this.bit = bit;
    }

    public String word() {
        return word;
    }

    int mask() {
        return 1 << bit;
    }
}
