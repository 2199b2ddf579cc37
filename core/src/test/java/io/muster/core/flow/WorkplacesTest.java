package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkplacesTest {

    private static final long LONGEST_SECONDS = 10;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void whoever_finds_no_place_in_time_goes_without() throws Exception {
        Workplaces places = new Workplaces(1, Duration.ofMillis(20));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> first = threads.submit(() -> places.work(this::held));
            assertThat(begun.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(places.work(() -> "second")).isEmpty();

            release.countDown();
            assertThat(first.get(LONGEST_SECONDS, TimeUnit.SECONDS)).contains("first");
            assertThat(places.work(() -> "third")).contains("third");
        }
    }

    @Test
    void whoever_waits_gets_the_next_place() throws Exception {
        Workplaces places = new Workplaces(1, Duration.ofSeconds(LONGEST_SECONDS));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> first = threads.submit(() -> places.work(this::held));
            assertThat(begun.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            Future<Optional<String>> second = threads.submit(() -> places.work(() -> "second"));
            release.countDown();

            assertThat(second.get(LONGEST_SECONDS, TimeUnit.SECONDS)).contains("second");
            assertThat(first.get(LONGEST_SECONDS, TimeUnit.SECONDS)).contains("first");
        }
    }

    @Test
    void a_place_is_free_again_when_the_work_fails() {
        Workplaces places = new Workplaces(1, Duration.ZERO);
        assertThatThrownBy(() -> places.work(() -> {
                    throw new IllegalStateException("as wanted");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(places.work(() -> "again")).contains("again");
    }

    private String held() {
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "first";
    }
}
