package io.muster.attestors.tpm.structure;

/// Carries a flaw from the depths of a reader to its entrance, and never past it. Without a stack trace: it is thrown
/// for hostile input, as often as a stranger likes.
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Flaw flaw;

    Unreadable(Flaw flaw) {
        super(flaw.code(), null, false, false);
        this.flaw = flaw;
    }

    static Unreadable malformed(String what) {
        return new Unreadable(new Flaw.Malformed(what));
    }

    static Unreadable unsupported(String what) {
        return new Unreadable(new Flaw.Unsupported(what));
    }

    static Unreadable weak(String what) {
        return new Unreadable(new Flaw.WeakKey(what));
    }

    Flaw flaw() {
        return flaw;
    }
}
