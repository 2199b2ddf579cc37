package io.muster.doors.mqtt;

/// Whose a connection is. Two connections of one owner never last: the older one is closed.
///
/// @param door     the door's own word, such as `dps`
/// @param tenant   as the door knows it by now; how many connections it may hold is bounded
/// @param clientId in the one spelling under which the door compares it
public record Owner(String door, String tenant, String clientId) {

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "an owner of door " + door;
    }
}
