package io.muster.fleet.mqtt;

import java.util.List;

/// What happens on a connection, in the order in which it happens.
sealed interface Packet {

    /// The TLS handshake is done.
    record Secured() implements Packet {}

    record ConnectAnswer(int code, boolean sessionPresent) implements Packet {}

    record SubscribeAnswer(int id, List<Integer> codes) implements Packet {
        public SubscribeAnswer {
            codes = List.copyOf(codes);
        }
    }

    record PublishAnswer(int id) implements Packet {}

    record PingAnswer() implements Packet {}

    /// @param id what to acknowledge; 0 where nothing is expected (QoS 0)
    record Delivery(int id, Message message) implements Packet {}

    /// Nothing comes any more.
    record Gone(String reason) implements Packet {}
}
