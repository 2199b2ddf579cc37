package io.muster.outlets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.SinkUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T18:30:00Z"));
    private static final DeviceId DEVICE = DeviceId.random();

    @TempDir
    Path folder;

    @Test
    void each_event_is_a_line_and_stands_there_when_it_was_delivered() throws IOException {
        try (EventFile sink = EventFile.open(folder, 1 << 20, CLOCK)) {
            assertThat(sink.deliver(events(1, 3))).isEmpty();
            assertThat(ids()).containsExactly(DEVICE + "/1", DEVICE + "/2", DEVICE + "/3");
        }
    }

    @Test
    void a_line_that_a_crash_cut_off_is_gone_before_the_next_one() throws IOException {
        try (EventFile sink = EventFile.open(folder, 1 << 20, CLOCK)) {
            sink.deliver(events(1, 1));
        }
        Files.writeString(
                folder.resolve("events.ndjson"), "{\"specversion\":\"1.0\",\"id\":\"ha", StandardOpenOption.APPEND);
        try (EventFile sink = EventFile.open(folder, 1 << 20, CLOCK)) {
            sink.deliver(events(2, 2));
        }
        assertThat(ids()).containsExactly(DEVICE + "/1", DEVICE + "/2");
    }

    @Test
    void a_full_file_gets_a_name_of_its_own_and_nothing_is_lost() throws IOException {
        try (EventFile sink = EventFile.open(folder, 1000, CLOCK)) {
            for (int i = 1; i <= 20; i++) {
                sink.deliver(events(i, i));
            }
        }
        assertThat(files()).hasSizeGreaterThan(3);
        assertThat(ids())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> DEVICE + "/" + i)
                        .toList());
    }

    @Test
    void a_folder_has_one_writer_and_a_file_that_cannot_be_written_is_tried_later() throws IOException {
        EventFile sink = EventFile.open(folder, 1 << 20, CLOCK);
        assertThatThrownBy(() -> EventFile.open(folder, 1 << 20, CLOCK)).isInstanceOf(IOException.class);
        sink.close();
        assertThatThrownBy(() -> sink.deliver(events(1, 1))).isInstanceOf(SinkUnavailable.class);
    }

    private static List<Event> events(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .<Event>mapToObj(i -> new Event.Erased(DEVICE, i, new Name("acme"), Instant.EPOCH))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files()) {
            Files.readAllLines(file).forEach(line -> ids.add(line.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1")));
        }
        return ids;
    }
}
