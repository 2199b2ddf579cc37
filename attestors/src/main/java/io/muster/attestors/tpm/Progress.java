package io.muster.attestors.tpm;

/// How far evidence came with one enrollment, 0 to 100: of several that refuse, the one that came furthest explains
/// best. The enrollment that made a challenge judges its answer best.
final class Progress {

    static final int UNREADABLE = 5;
    static final int KEY_UNACCEPTABLE = 8;

    /// The enrollment pins another key, or its manufacturers did not sign this one.
    static final int STRANGER = 10;

    /// The certificate is wrong, whoever signed it.
    static final int CERTIFICATE_UNACCEPTABLE = 15;

    static final int SAME_CA_NAME = 30;
    static final int RULE_BROKEN = 40;
    static final int NOT_LISTED = 50;
    static final int ANSWER_UNREADABLE = 60;
    static final int ANSWER_WRONG = 70;
    static final int ANSWER_LATE = 80;
    static final int KEY_NOT_CERTIFIED = 90;

    private Progress() {}
}
