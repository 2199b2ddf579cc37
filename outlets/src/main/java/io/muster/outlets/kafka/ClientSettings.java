package io.muster.outlets.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/// What Kafka's client is told. It may hold secrets: nothing of it is printed.
public final class ClientSettings {

    /// Less than a relay's turn: a batch fails before another node may begin with it.
    private static final int DELIVERY_MILLIS = 8_000;

    private static final int REQUEST_MILLIS = 4_000;

    private final Map<String, Object> values = new HashMap<>();

    /// @param servers where the cluster is found
    /// @param more    what an operator sets besides
    public ClientSettings(String servers, Properties more) {
        values.put(ProducerConfig.CLIENT_ID_CONFIG, "muster");
        values.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
        values.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        values.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        values.put("default.api.timeout.ms", DELIVERY_MILLIS);
        more.stringPropertyNames().forEach(name -> values.put(name, more.getProperty(name)));
        values.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    }

    /// With what this sink promises, whatever else is set: on all replicas in sync, once, in order.
    Map<String, Object> ofProducer() {
        Map<String, Object> settings = new HashMap<>(values);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }

    @Override
    public String toString() {
        return "ClientSettings[" + values.size() + "]";
    }
}
