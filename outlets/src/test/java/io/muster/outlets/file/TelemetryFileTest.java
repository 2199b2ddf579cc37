package io.muster.outlets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.TelemetryUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryFileTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir
    private Path folder;

    private static Message message(String topic, byte[] payload) {
        return new Message(
                new Sender(
                        new DeviceId(new UUID(1, 2)),
                        new Name("acme"),
                        RegistrationId.parse("Pump-1").orElseThrow(),
                        "dev-1",
                        DeviceState.ENABLED,
                        new Device.Origin(new Name("pumps"), 1),
                        Optional.of("pump"),
                        new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1:8883"),
                        Optional.empty(),
                        Optional.empty()),
                topic,
                Bytes.of(payload),
                1,
                NOW);
    }

    private static Message message(String topic) {
        return message(topic, "21".getBytes(StandardCharsets.UTF_8));
    }

    private Path current() {
        return folder.resolve("telemetry" + Journal.ENDING);
    }

    @Test
    void a_message_is_a_line_when_it_was_accepted() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            file.accept(message("t/dev-1/\"warm\"\n"));

            assertThat(Files.readString(current()))
                    .isEqualTo(
                            "{\"receivedAt\":\"2026-11-23T10:00:00.500Z\",\"tenant\":\"acme\",\"deviceId\":\"dev-1\","
                                    + "\"registrationId\":\"Pump-1\",\"type\":\"pump\","
                                    + "\"topic\":\"t/dev-1/\\\"warm\\\"\\n\",\"qos\":1,\"payload\":\"21\"}\n");
        }
    }

    @Test
    void what_is_no_text_is_kept_in_base64() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            file.accept(message("t", new byte[] {(byte) 0xff, 0}));
        }
        assertThat(Files.readString(current())).contains("\"payloadBase64\":\"/wA=\"");
    }

    @Test
    void nobody_else_may_read_it() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            file.accept(message("t"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
                .isEqualTo("rw-------");
    }

    @Test
    void many_at_once_are_all_kept() throws Exception {
        int many = 3_000;
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK);
                var devices = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> accepted = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Message one = message("t/" + i);
                accepted.add(devices.submit(() -> file.accept(one)));
            }
            for (Future<?> one : accepted) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(Files.readAllLines(current())).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void a_full_file_gets_a_name_of_its_own_and_none_is_written_over() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, 300, CLOCK)) {
            for (int i = 0; i < 9; i++) {
                file.accept(message("t/" + i));
            }
        }
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : (Iterable<Path>) files.filter(it -> it.toString().endsWith(".ndjson"))::iterator) {
                assertThat(Files.size(each)).isLessThan(600);
                all.addAll(Files.readAllLines(each));
            }
        }
        assertThat(all).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void it_is_continued_after_a_stop_and_a_line_that_a_crash_cut_off_is_dropped() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            file.accept(message("t/1"));
        }
        Files.writeString(current(), "{\"receivedAt\":\"20", StandardOpenOption.APPEND);
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            file.accept(message("t/2"));
        }
        assertThat(Files.readAllLines(current()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    }

    @Test
    void what_comes_after_the_close_is_not_taken() throws Exception {
        TelemetryFile file = TelemetryFile.open(folder, CLOCK);
        file.close();

        assertThatThrownBy(() -> file.accept(message("t"))).isInstanceOf(TelemetryUnavailable.class);
    }

    @Test
    void two_do_not_write_into_one_folder() throws Exception {
        try (TelemetryFile file = TelemetryFile.open(folder, CLOCK)) {
            assertThatThrownBy(() -> TelemetryFile.open(folder, CLOCK)).isInstanceOf(IOException.class);
            file.accept(message("t"));
        }
        assertThat(Files.readAllLines(current())).hasSize(1);
    }

    /// Whoever brings one line too many waits, until there is room or the end.
    @Test
    void a_full_queue_makes_its_callers_wait() throws Exception {
        Queue queue = new Queue(2, 1_000);
        assertThat(queue.put(new Line(new byte[1]))).isTrue();
        assertThat(queue.put(new Line(new byte[1]))).isTrue();
        CountDownLatch began = new CountDownLatch(1);
        try (var devices = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> third = devices.submit(() -> {
                began.countDown();
                return queue.put(new Line(new byte[1]));
            });
            began.await();
            assertThat(third.isDone()).isFalse();
            assertThat(queue.take()).hasSize(2);
            assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
            queue.close();
            assertThat(queue.put(new Line(new byte[1]))).isFalse();
            assertThat(queue.take()).hasSize(1);
            assertThat(queue.take()).isEmpty();
        }
    }
}
