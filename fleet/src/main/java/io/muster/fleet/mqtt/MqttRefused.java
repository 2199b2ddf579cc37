package io.muster.fleet.mqtt;

/// The broker answered, and said no.
public final class MqttRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SERVER_UNAVAILABLE = 3;

    private final String packet;
    private final int code;

    private MqttRefused(String packet, int code, String words) {
        super(words, null, false, false);
        this.packet = packet;
        this.code = code;
    }

    /// A CONNACK with another code than 0 (MQTT 3.1.1 section 3.2.2.3).
    static MqttRefused connection(int code) {
        String words =
                switch (code) {
                    case 1 -> "unacceptable protocol version";
                    case 2 -> "identifier rejected";
                    case SERVER_UNAVAILABLE -> "server unavailable";
                    case 4 -> "bad user name or password";
                    case 5 -> "not authorized";
                    default -> "a code of the broker's own";
                };
        return new MqttRefused("CONNACK", code, words);
    }

    /// A SUBACK with the failure code.
    static MqttRefused subscription(int code, String filter) {
        return new MqttRefused("SUBACK", code, "no subscription to " + filter);
    }

    /// The packet that said it.
    public String packet() {
        return packet;
    }

    /// Its return code.
    public int code() {
        return code;
    }

    public String words() {
        return String.valueOf(getMessage());
    }

    /// Whether another try may end otherwise.
    public boolean isPassing() {
        return "CONNACK".equals(packet) && code == SERVER_UNAVAILABLE;
    }
}
