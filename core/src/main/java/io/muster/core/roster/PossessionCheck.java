package io.muster.core.roster;

/// Says whether somebody has an authority's key at hand: the authority signed a certificate for a code that nobody
/// could know before. Never throws on hostile text, and does bounded work.
public interface PossessionCheck {

    /// @param pem one certificate, signed by the anchor's key, with the code as its common name
    Finding check(Anchor anchor, String code, String pem);

    /// What came of it.
    sealed interface Finding {

        record Proved() implements Finding {}

        /// @param what what is wrong, in words
        record Unproved(String what) implements Finding {}
    }
}
