package io.muster.doors.mqtt;

import io.netty.buffer.ByteBufUtil;

/// Topic names and filters (MQTT 5 section 4.7), within our bounds. What is no UTF-8, holds U+0000 or a surrogate
/// does not get this far.
final class Topics {

    /// Bytes of a filter, and of a topic where a door says nothing else.
    static final int MAX_BYTES = 256;

    private static final int MAX_SLASHES = 7;
    private static final String SHARED = "$share/";

    private Topics() {}

    static boolean isName(String topic) {
        return isName(topic, MAX_BYTES);
    }

    static boolean isName(String topic, int most) {
        return bounded(topic, most) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
    }

    /// Wildcards stand alone in their level, `#` in the last one.
    static boolean isFilter(String filter) {
        if (!bounded(filter, MAX_BYTES)) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            boolean wild = levels[i].equals("+") || (last && levels[i].equals("#"));
            if (!wild && (levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a filter asks for a share of a subscription, which is not served.
    static boolean isShared(String filter) {
        return filter.startsWith(SHARED);
    }

    /// Whether a filter covers a topic. One that begins with a wildcard covers none that begins with `$`.
    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    private static boolean bounded(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && ByteBufUtil.utf8Bytes(text) <= most
                && text.chars().filter(c -> c == '/').count() <= MAX_SLASHES;
    }
}
