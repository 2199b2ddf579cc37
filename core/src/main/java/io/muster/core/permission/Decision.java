package io.muster.core.permission;

import io.muster.core.device.PolicyName;
import java.util.List;

/// Whether a device may. It lists every statement that was looked at.
public sealed interface Decision {

    List<Finding> findings();

    record Allowed(StatementId by, List<Finding> findings) implements Decision {
        public Allowed {
            findings = List.copyOf(findings);
        }
    }

    /// A statement denies it, whatever others allow.
    record DeniedExplicitly(StatementId by, List<Finding> findings) implements Decision {
        public DeniedExplicitly {
            findings = List.copyOf(findings);
        }
    }

    /// A policy that is attached is not there: what it would deny cannot be known, so nothing is allowed.
    ///
    /// @param findings of the others
    record PolicyGone(PolicyName policy, List<Finding> findings) implements Decision {
        public PolicyGone {
            findings = List.copyOf(findings);
        }
    }

    /// No statement allows it.
    record NotAllowed(List<Finding> findings) implements Decision {
        public NotAllowed {
            findings = List.copyOf(findings);
        }
    }
}
