package io.muster.desk.imports.reading;

import io.muster.core.roster.Import.Finding;

/// A file that cannot be read on from some place: what follows is not known.
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    public Unreadable(long line, String what, String remedy) {
        super(what);
        this.finding = new Finding(true, line, "", what, remedy);
    }

    public Finding finding() {
        return finding;
    }
}
