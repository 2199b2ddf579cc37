package io.muster.core.permission;

/// What a device wants to do.
///
/// @param resource `client/…`, `topic/…` or `topicfilter/…`
public record Ask(Action action, String resource) {

    /// What is longer is not allowed, in characters. AWS takes 256 bytes of a topic.
    public static final int MAX_LENGTH = 1_024;

    /// To be connected as a client.
    public static Ask connect(String clientId) {
        return new Ask(Action.CONNECT, "client/" + clientId);
    }

    public static Ask publish(String topic) {
        return new Ask(Action.PUBLISH, "topic/" + topic);
    }

    public static Ask retainPublish(String topic) {
        return new Ask(Action.RETAIN_PUBLISH, "topic/" + topic);
    }

    /// `+` and `#` in the filter are characters like others: a statement speaks of the filter as it is written, not of
    /// the topics that it matches. So a Deny of `topicfilter/a/b` does not keep a device from `a/+`; a Deny of
    /// [#receive] does keep the messages from it.
    public static Ask subscribe(String filter) {
        return new Ask(Action.SUBSCRIBE, "topicfilter/" + filter);
    }

    /// To be sent a message of a topic that it subscribed to.
    public static Ask receive(String topic) {
        return new Ask(Action.RECEIVE, "topic/" + topic);
    }
}
