package io.muster.x509.lint;

/// Object identifiers that the rules know, hexadecimal, as they are encoded.
final class Oids {

    static final String COMMON_NAME = "550403";
    static final String SERIAL_NUMBER = "550405";
    static final String COUNTRY = "550406";
    static final String LOCALITY = "550407";
    static final String STATE = "550408";
    static final String ORGANIZATION = "55040a";
    static final String UNIT = "55040b";
    static final String TITLE = "55040c";
    static final String USER_ID = "0992268993f22c640101";
    static final String DOMAIN_COMPONENT = "0992268993f22c640119";
    static final String EMAIL = "2a864886f70d010901";

    static final String SUBJECT_KEY_ID = "551d0e";
    static final String KEY_USAGE = "551d0f";
    static final String ALTERNATIVE_NAMES = "551d11";
    static final String BASIC_CONSTRAINTS = "551d13";
    static final String CRL_POINTS = "551d1f";
    static final String POLICIES = "551d20";
    static final String AUTHORITY_KEY_ID = "551d23";
    static final String PURPOSES = "551d25";
    static final String AUTHORITY_INFORMATION = "2b06010505070101";
    static final String CA_ISSUERS = "2b06010505073002";

    static final String VERIFIED_TPM_RESIDENCY = "6781050b0101";
    static final String VERIFIED_TPM_FIXED = "6781050b0102";

    private Oids() {}
}
