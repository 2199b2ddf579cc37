package io.muster.doors.mqtt;

import java.util.Optional;

/// Whose a connection is. Two connections of one owner never last: the older one is closed.
///
/// @param door     the door's own word, such as `dps`
/// @param tenant   as the door knows it by now; how many connections it may hold is bounded
/// @param clientId in the one spelling under which the door compares it
/// @param crowd    those of the tenant with whom it shares a smaller bound
public record Owner(String door, String tenant, String clientId, Optional<Crowd> crowd) {

    /// Many owners with one thing in common.
    ///
    /// @param most how many connections they may hold together
    public record Crowd(String name, int most) {}

    /// One with whom nobody shares anything.
    public Owner(String door, String tenant, String clientId) {
        this(door, tenant, clientId, Optional.empty());
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "an owner of door " + door;
    }
}
