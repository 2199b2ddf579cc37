package io.muster.doors.mqtt;

/// What a client asked for in its CONNECT, as far as it binds us.
///
/// @param five             whether it speaks MQTT 5
/// @param keepAliveAsked   seconds, as sent
/// @param keepAliveSeconds as it counts here
/// @param window           QoS 1 messages that may be under way to it
/// @param packet           bytes of the largest packet that it takes
/// @param asksToBeKept     whether it wants its session to outlive the connection, which is not served
record Terms(boolean five, int keepAliveAsked, int keepAliveSeconds, int window, long packet, boolean asksToBeKept) {

    private static final int SHORTEST_KEEP_ALIVE = 30;
    private static final int LONGEST_KEEP_ALIVE = 1_200;

    /// AWS's rule: 0, which would mean never, and what is too long count as the longest, what is too short as the
    /// shortest.
    static int keepAlive(int asked) {
        return asked == 0 ? LONGEST_KEEP_ALIVE : Math.clamp(asked, SHORTEST_KEEP_ALIVE, LONGEST_KEEP_ALIVE);
    }
}
