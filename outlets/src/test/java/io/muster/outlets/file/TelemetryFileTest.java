package io.muster.outlets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Name;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.outlets.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryFileTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir
    private Path folder;

    private TelemetryFile open() throws IOException {
        return open(TelemetryFile.MESSAGES, 1_000_000);
    }

    private TelemetryFile open(String file, long largest) throws IOException {
        return TelemetryFile.open(new Name("standard"), folder, file, largest, CLOCK);
    }

    private static void keep(TelemetryFile file, String event) {
        assertThat(file.begin(Said.event(event)).await()).isEmpty();
    }

    private Path current() {
        return folder.resolve("telemetry" + Journal.ENDING);
    }

    @Test
    void a_message_is_a_line_when_it_was_accepted() throws Exception {
        try (TelemetryFile file = open()) {
            keep(file, "{\"id\":\"ä\"}");

            assertThat(Files.readString(current())).isEqualTo("{\"id\":\"ä\"}\n");
        }
    }

    @Test
    void several_files_of_one_folder_do_not_disturb_each_other() throws Exception {
        try (TelemetryFile file = open();
                TelemetryFile aside = open(TelemetryFile.ASIDE, 1_000_000)) {
            keep(file, "{1}");
            keep(aside, "{2}");
        }
        assertThat(Files.readString(current())).isEqualTo("{1}\n");
        assertThat(Files.readString(folder.resolve("quarantine.ndjson"))).isEqualTo("{2}\n");
    }

    @Test
    void nobody_else_may_read_it() throws Exception {
        try (TelemetryFile file = open()) {
            keep(file, "{}");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
                .isEqualTo("rw-------");
    }

    @Test
    void many_at_once_are_all_kept() throws Exception {
        int many = 3_000;
        try (TelemetryFile file = open();
                var devices = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> accepted = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String one = "{" + i + "}";
                accepted.add(devices.submit(() -> keep(file, one)));
            }
            for (Future<?> one : accepted) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(Files.readAllLines(current())).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void a_full_file_gets_a_name_of_its_own_and_none_is_written_over() throws Exception {
        try (TelemetryFile file = open(TelemetryFile.MESSAGES, 300)) {
            for (int i = 0; i < 9; i++) {
                keep(file, "{" + i + " ".repeat(90) + "}");
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
        try (TelemetryFile file = open()) {
            keep(file, "{1}");
        }
        Files.writeString(current(), "{\"receivedAt\":\"20", StandardOpenOption.APPEND);
        try (TelemetryFile file = open()) {
            keep(file, "{2}");
        }
        assertThat(Files.readAllLines(current()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    }

    @Test
    void what_comes_after_the_close_is_not_taken() throws Exception {
        TelemetryFile file = open();
        file.close();

        assertThatThrownBy(() -> keep(file, "{}")).isInstanceOf(TelemetryUnavailable.class);
    }

    @Test
    void two_do_not_write_into_one_folder() throws Exception {
        try (TelemetryFile file = open()) {
            assertThatThrownBy(() -> open()).isInstanceOf(IOException.class);
            keep(file, "{}");
        }
        assertThat(Files.readAllLines(current())).hasSize(1);
    }

    @Test
    void a_queue_is_full_of_large_lines_too() throws Exception {
        Queue queue = new Queue(10, 1_000);
        assertThat(queue.put(new Line(new byte[600]))).isTrue();
        assertThat(queue.put(new Line(new byte[600]))).isTrue();
        try (var devices = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> third = devices.submit(() -> queue.put(new Line(new byte[600])));
            assertThatThrownBy(() -> third.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(queue.take()).hasSize(2);
            assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
        }
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
