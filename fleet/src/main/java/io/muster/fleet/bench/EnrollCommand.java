package io.muster.fleet.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "enroll", description = "Measure enrollments.")
final class EnrollCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
