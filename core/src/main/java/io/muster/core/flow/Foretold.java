package io.muster.core.flow;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.door.Check;
import io.muster.core.ledger.Attempt.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a try would come to. Nothing of it has happened.
public sealed interface Foretold {

    /// The checks so far, in order.
    List<Check> trace();

    /// It can be told.
    ///
    /// @param code the change in lower case, the refusal's code, or `not_proved`: no enrollment would believe it
    /// @param by   the enrollment version that would decide
    /// @param hub  where the device would be; empty where it is refused
    record Decided(Result result, String code, Optional<Origin> by, Optional<Name> hub, List<Check> trace)
            implements Foretold {

        /// The code where no enrollment would believe what was proved.
        public static final String NOT_PROVED = "not_proved";

        public Decided {
            trace = List.copyOf(trace);
        }

        /// Whether a device would notice no difference.
        public boolean isSameAs(Decided other) {
            return result == other.result && code.equals(other.code) && hub.equals(other.hub);
        }

        /// The check that decides a refusal, and the last one of a success.
        public Optional<Check> deciding() {
            return trace.stream()
                    .filter(check -> check.verdict() == Check.Verdict.FAIL)
                    .reduce((first, later) -> later)
                    .or(() -> trace.isEmpty() ? Optional.empty() : Optional.of(trace.getLast()));
        }
    }

    /// It cannot be told from what was kept.
    ///
    /// @param why a few words, the same for the same reason
    record Untold(String why, List<Check> trace) implements Foretold {
        public Untold {
            trace = List.copyOf(trace);
        }
    }

    /// The same with checks before it.
    default Foretold after(List<Check> before) {
        List<Check> all = new ArrayList<>(before);
        all.addAll(trace());
        return switch (this) {
            case Decided it -> new Decided(it.result(), it.code(), it.by(), it.hub(), all);
            case Untold it -> new Untold(it.why(), all);
        };
    }
}
