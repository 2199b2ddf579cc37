package io.muster.doors.listener;

import java.util.List;
import java.util.Optional;

/// What is spoken on a port.
public sealed interface Spoken {

    /// HTTP, and whatever else a caller asks for by ALPN, by its first byte or by a WebSocket.
    record Http(List<HttpDoor> doors, List<Protocol> others) implements Spoken {
        public Http {
            doors = List.copyOf(doors);
            others = List.copyOf(others);
        }
    }

    /// One protocol, whatever a caller asks for.
    record Only(Protocol protocol) implements Spoken {}

    static Spoken http(List<HttpDoor> doors) {
        return new Http(doors, List.of());
    }

    /// What the name that was agreed on in the handshake means.
    default Optional<Protocol> byAlpn(Optional<String> agreed) {
        return switch (this) {
            case Only(Protocol protocol) -> Optional.of(protocol);
            case Http(var _, var others) ->
                agreed.flatMap(name -> others.stream()
                        .filter(other -> other.alpn().contains(name))
                        .findFirst());
        };
    }

    /// What the caller's first byte means; HTTP where it is empty.
    default Optional<Protocol> byFirst(byte first) {
        return switch (this) {
            case Only(Protocol protocol) -> Optional.of(protocol);
            case Http(var _, var others) ->
                others.stream().filter(other -> other.beginsWith(first)).findFirst();
        };
    }
}
