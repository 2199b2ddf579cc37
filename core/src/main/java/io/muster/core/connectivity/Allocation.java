package io.muster.core.connectivity;

import io.muster.core.device.Name;
import java.util.List;

/// How an enrollment spreads its devices over hubs.
public sealed interface Allocation {

    /// By a hash of the device's name, in proportion to the hubs' weights. A hub that joins or leaves moves only its
    /// own share.
    ///
    /// @param hubs the linked hubs; empty means every hub of the tenant
    record Hashed(List<Name> hubs) implements Allocation {
        public Hashed {
            hubs = List.copyOf(hubs);
        }
    }

    /// Where an operator's hook says (Azure DPS: custom).
    ///
    /// @param hubs the linked hubs, among which it chooses; empty means every hub of the tenant
    record Custom(List<Name> hubs, HookUrl hook) implements Allocation {
        public Custom {
            hubs = List.copyOf(hubs);
        }
    }

    /// All to one hub.
    record Static(Name hub) implements Allocation {}
}
