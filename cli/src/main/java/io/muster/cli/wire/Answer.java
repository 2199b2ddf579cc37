package io.muster.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// What came of one request.
public sealed interface Answer {

    /// The server did it.
    record Good(JsonNode body) implements Answer {}

    /// The server refused, and says why.
    ///
    /// @param problem as RFC 9457 has it; empty where something that is not Muster answered
    record Refused(int status, JsonNode problem) implements Answer {}

    /// No server was asked, or none answered.
    ///
    /// @param what what happened, and why
    /// @param next what to do next
    record Unreachable(String what, String next) implements Answer {}

    /// Goes on where the server did it.
    default Answer then(Function<JsonNode, Answer> next) {
        return switch (this) {
            case Good(JsonNode body) -> next.apply(body);
            case Refused refused -> refused;
            case Unreachable unreachable -> unreachable;
        };
    }
}
