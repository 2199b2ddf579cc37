package io.muster.x509.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Tries the makers in their order. Loading native code fails in ways that are errors, not exceptions: a system
/// library that is too old, a processor that nobody built for.
final class FirstThatWorks {

    private FirstThatWorks() {}

    static SignatureEngine choose(Function<SignatureEngine.Maker, SignatureEngine> load) {
        List<String> reasons = new ArrayList<>();
        for (SignatureEngine.Maker maker : SignatureEngine.Maker.values()) {
            try {
                SignatureEngine engine = load.apply(maker);
                engine.prove();
                return reasons.isEmpty() ? engine : engine.because(String.join("; ", reasons));
            } catch (LinkageError | Exception e) {
                reasons.add(maker + " does not work on this machine (" + e.getMessage() + ")");
            }
        }
        throw new IllegalStateException("no provider of signatures works on this machine: " + reasons);
    }
}
