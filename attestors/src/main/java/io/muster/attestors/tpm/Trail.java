package io.muster.attestors.tpm;

import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Basis;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import java.util.ArrayList;
import java.util.List;

/// The checks of one examination, in their order, and on what of the enrollment they stand. Used by one thread.
final class Trail {

    private final List<Check> checks = new ArrayList<>();
    private Basis basis = new Basis.Itself();

    /// On what of the enrollment the endorsement key is trusted, from here on.
    void restsOn(Basis anchor) {
        basis = anchor;
    }

    Basis basis() {
        return basis;
    }

    void pass(String code, String input, String rule) {
        checks.add(Check.pass(code, input, rule));
    }

    void note(String code, String input, String rule) {
        checks.add(Check.note(code, input, rule));
    }

    /// Ends the examination.
    ///
    /// @param progress one of [Progress]
    Finding disproved(Refusal refusal, int progress, String input) {
        checks.add(Check.fail(input, refusal));
        return new Finding.Disproved(refusal, progress, checks());
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }
}
