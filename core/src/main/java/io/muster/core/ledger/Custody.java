package io.muster.core.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import java.util.List;
import java.util.Optional;

/// Takes devices away, and lets them in again. What is returned is durable and holds on every node: whatever was
/// decided on the device before is not committed after. A device is named by its registration id or its outward id,
/// without case. Throws [LedgerUnavailable] as the ledger does.
public interface Custody {

    /// Refused at every door, renewals too, until it is released.
    Taken quarantine(Name tenant, String device, Reason reason, Warrant warrant);

    /// Ends a quarantine.
    Taken release(Name tenant, String device, Reason reason, Warrant warrant);

    /// For good: its names and keys are blocked, its certificates revoked, what it waits for is ended. No enrollment
    /// lets it in again, and nothing undoes it.
    Taken decommission(Name tenant, String device, Reason reason, Warrant warrant);

    /// Every name and key that leads to a device, or did; empty where there is no such device.
    Optional<List<Binding>> bindings(Name tenant, String device);

    /// Why, in an operator's words: 1 to 500 characters without control characters.
    record Reason(String text) {

        public static final int MAX = 500;

        public Reason {
            if (!acceptable(text)) {
                throw new IllegalArgumentException("not a reason");
            }
        }

        public static Optional<Reason> parse(String text) {
            return Optional.of(text.strip()).filter(Reason::acceptable).map(Reason::new);
        }

        private static boolean acceptable(String text) {
            return !text.isBlank()
                    && text.length() <= MAX
                    && text.codePoints()
                            .noneMatch(it -> Character.isISOControl(it)
                                    || Character.getType(it) == Character.FORMAT
                                    || Character.getType(it) == Character.SURROGATE);
        }
    }

    /// What came of it.
    sealed interface Taken {

        /// @param device as it is from now on
        record Done(Device device) implements Taken {}

        /// It was so before; nothing changed.
        record Already(Device device) implements Taken {}

        /// It was decommissioned before: nothing undoes that.
        record Gone(Device device) implements Taken {}

        record Unknown() implements Taken {}
    }

    /// A name or a key of a device.
    ///
    /// @param value a name as it is shown, or a key's kind and fingerprint
    record Binding(Kind kind, String value, Standing standing) {

        /// What is bound.
        public enum Kind {
            REGISTRATION_ID,
            DEVICE_ID,
            IDENTITY_KEY,
            OPERATIONAL_KEY
        }

        /// Where it stands.
        public enum Standing {
            /// It leads to the device.
            BOUND,
            /// It did; nobody else may have it.
            SUPERSEDED,
            /// Refused at every door, whoever shows it.
            BLOCKED
        }
    }
}
