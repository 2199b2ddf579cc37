package io.muster.doors.mqtt;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The calls to one guest: one at a time, in order, each on a thread of its own, so that nobody holds one between two
/// of them. What comes of a call is told on the event loop, where everything else here happens.
final class Turns {

    /// Who is told how it goes.
    interface Watch {
        /// A call ended, and its result was told.
        void ended();

        /// A call threw.
        void failed(Throwable fault);
    }

    private record Turn<T>(Supplier<T> call, Consumer<T> then) {}

    private final EventExecutor loop;
    private final Executor threads;
    private final Watch watch;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>(1);
    private boolean busy;

    Turns(EventExecutor loop, Executor threads, Watch watch) {
        this.loop = loop;
        this.threads = threads;
        this.watch = watch;
    }

    <T> void add(Supplier<T> call, Consumer<T> then) {
        waiting.add(new Turn<>(call, then));
        if (!busy) {
            next();
        }
    }

    void add(Runnable call) {
        add(
                () -> {
                    call.run();
                    return true;
                },
                done -> {});
    }

    /// How many calls have not ended.
    int count() {
        return waiting.size() + (busy ? 1 : 0);
    }

    private void next() {
        Turn<?> turn = waiting.poll();
        busy = turn != null;
        if (turn != null) {
            threads.execute(() -> run(turn));
        }
    }

    private <T> void run(Turn<T> turn) {
        Runnable told;
        try {
            T result = turn.call().get();
            told = () -> turn.then().accept(result);
        } catch (RuntimeException | Error fault) {
            told = () -> watch.failed(fault);
        }
        tell(told);
    }

    private void tellNow(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException fault) {
            watch.failed(fault);
        }
    }

    private void tell(Runnable told) {
        try {
            loop.execute(() -> {
                tellNow(told);
                next();
                watch.ended();
            });
        } catch (RejectedExecutionException _) {
            // The event loops have stopped, and with them every connection.
        }
    }
}
