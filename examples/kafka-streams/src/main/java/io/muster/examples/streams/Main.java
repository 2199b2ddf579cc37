package io.muster.examples.streams;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/// Runs the job until it is stopped.
public final class Main {

    private Main() {}

    /// @param arguments where Kafka is found: `host:port`, more of them after commas
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println(
                    "usage: java -cp 'target/classes:target/lib/*' io.muster.examples.streams.Main HOST:PORT");
            System.exit(2);
        }
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "firmware-report");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        CountDownLatch stopped = new CountDownLatch(1);
        try (KafkaStreams streams = new KafkaStreams(FirmwareReport.topology(), settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            streams.start();
            stopped.await();
        }
    }
}
