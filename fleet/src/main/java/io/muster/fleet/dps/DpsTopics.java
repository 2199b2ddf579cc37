package io.muster.fleet.dps;

import io.muster.fleet.channel.Reply;
import io.muster.fleet.mqtt.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a DPS is asked and answers over MQTT.
final class DpsTopics {

    static final String ANSWERS = "$dps/registrations/res/#";

    /// `$rid` stands first: where `retry-after` does, Java's SDK never finishes.
    private static final Pattern ANSWER = Pattern.compile(
            "\\$dps/registrations/res/(?<status>[0-9]{3})/\\?\\$rid=(?<rid>[^&]*)(?:&retry-after=(?<pause>[^&]*))?");

    private DpsTopics() {}

    static String register(String rid) {
        return "$dps/registrations/PUT/iotdps-register/?$rid=" + rid;
    }

    static String poll(String rid, String operationId) {
        return "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=" + rid + "&operationId=" + operationId;
    }

    /// What a message is, read as the answer to request `rid`.
    sealed interface Answer {

        /// As over HTTPS; that the body is JSON goes without saying here.
        record Understood(Reply reply) implements Answer {}

        record Unreadable(String why) implements Answer {}
    }

    static Answer read(Message message, String rid) {
        Matcher topic = ANSWER.matcher(message.topic());
        if (!topic.matches()) {
            return new Answer.Unreadable("the answer's topic is not that of an answer");
        }
        if (!topic.group("rid").equals(rid)) {
            return new Answer.Unreadable("the answer is to another request");
        }
        if (message.retained()) {
            return new Answer.Unreadable("the answer is a retained message");
        }
        return new Answer.Understood(new Reply(
                Integer.parseInt(topic.group("status")),
                "application/json",
                Optional.ofNullable(topic.group("pause")),
                message.text()));
    }
}
