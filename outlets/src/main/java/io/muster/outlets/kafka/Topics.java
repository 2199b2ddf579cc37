package io.muster.outlets.kafka;

import io.muster.core.ledger.SinkUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// The two topics by their names. What is missing is made as the cluster makes topics; the devices' one compacted.
public record Topics(String events, String devices) {

    /// A cluster that lets nobody make topics has to have them.
    void make(Map<String, Object> settings) {
        makeMissing(settings, List.of(topic(events, Map.of()), topic(devices, compacted())));
    }

    /// The same for one topic.
    static void makeMissing(Map<String, Object> settings, String name) {
        makeMissing(settings, List.of(topic(name, Map.of())));
    }

    private static void makeMissing(Map<String, Object> settings, List<NewTopic> topics) {
        try (Admin admin = Admin.create(settings)) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new SinkUnavailable(
                        "The topics cannot be looked up or made: "
                                + Optional.ofNullable(e.getCause())
                                        .map(Throwable::getMessage)
                                        .orElse("no answer"),
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkUnavailable("The server stops.", e);
        }
    }

    private static Map<String, String> compacted() {
        return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    private static NewTopic topic(String name, Map<String, String> config) {
        return new NewTopic(name, Optional.empty(), Optional.empty()).configs(config);
    }
}
