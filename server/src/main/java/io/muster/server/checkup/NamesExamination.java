package io.muster.server.checkup;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// Whether the names under which devices reach this server are known where it runs.
public final class NamesExamination implements Examination {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String REMEDY = "Make it known by DNS, or take it out of listeners.names.";

    private final List<String> names;

    public NamesExamination(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public String name() {
        return "names";
    }

    @Override
    public List<Finding> findings(Instant now) {
        ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<InetAddress>> asked = names.stream()
                    .map(name -> each.submit(() -> InetAddress.getByName(name)))
                    .toList();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            return IntStream.range(0, names.size())
                    .mapToObj(i -> finding(names.get(i), asked.get(i), deadline))
                    .toList();
        } finally {
            each.shutdownNow();
        }
    }

    private Finding finding(String host, Future<InetAddress> asked, long deadline) {
        try {
            InetAddress address = asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Finding.ok(name(), host + " is " + address.getHostAddress() + ".");
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownHostException
                    ? Finding.warn(
                            name(),
                            host + " is not known where this server runs; devices may know it all the same.",
                            REMEDY)
                    : Finding.warn(name(), host + " cannot be looked up: " + e.getCause(), REMEDY);
        } catch (TimeoutException _) {
            return Finding.warn(
                    name(), host + " was not found within 3 seconds.", "Look whether this machine's DNS answers.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Finding.warn(name(), host + " was not looked up.", "Look again.");
        }
    }
}
