package io.muster.store;

import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.door.Outcome;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SizeTest {

    private static final Logger LOG = LoggerFactory.getLogger(SizeTest.class);
    private static final long MOST_BYTES = 3_500;
    private static final String TABLES = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
            WHERE relnamespace = 'muster'::regnamespace AND relkind = 'r'
              AND relname IN ('device', 'device_key', 'binding', 'entry', 'attempt', 'credential')
            ORDER BY relname""";

    @TempDir
    Path directory;

    @Test
    void a_device_with_a_certificate_takes_at_most_3500_bytes_of_the_database() throws Exception {
        int devices = Boolean.getBoolean("muster.test.full") ? 50_000 : 4_000;
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            List<Future<Outcome>> futures = new ArrayList<>();
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(256, Thread.ofVirtual().factory())) {
                for (int i = 0; i < devices; i++) {
                    String name = "pump-of-the-plant-%06d".formatted(i);
                    futures.add(threads.submit(
                            () -> scene.pipeline(store).enroll(Requests.byKey(name, name, "certified-" + name))));
                }
            }
            futures.forEach(future -> device(future.resultNow()));

            Map<String, Long> bytes = bytes(scene);
            bytes.forEach((table, size) -> LOG.info("{}: {} bytes per device", table, size / devices));
            long all = bytes.values().stream().mapToLong(Long::longValue).sum() / devices;
            LOG.info("A device with a certificate: {} bytes", all);
            assertThat(all).isBetween(1_000L, MOST_BYTES);
        }
    }

    private static Map<String, Long> bytes(Scene scene) throws Exception {
        Map<String, Long> bytes = new LinkedHashMap<>();
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                bytes.put(row.getString(1), row.getLong(2));
            }
        }
        return bytes;
    }
}
