package io.muster.x509.codec;

/// Carries a finding from the depths of the parser to its one entrance, [CertificateReader], and never past it. Without
/// a stack trace: it is thrown for hostile input, as often as a stranger likes.
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Unreadable(Finding finding) {
        super(finding.code(), null, false, false);
        this.finding = finding;
    }

    static Unreadable malformed(String what) {
        return new Unreadable(new Finding.Malformed(what));
    }

    Finding finding() {
        return finding;
    }
}
