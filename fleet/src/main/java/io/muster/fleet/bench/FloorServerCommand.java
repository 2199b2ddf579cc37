package io.muster.fleet.bench;

import io.muster.fleet.floor.Duty;
import io.muster.fleet.floor.FloorServer;
import io.muster.fleet.floor.Intermediates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The floor's process; `bench floor` starts it. It serves until its standard input ends, so it never outlives its
/// parent.
@Command(name = "floor-server", hidden = true, description = "Serves as the floor (started by bench floor).")
final class FloorServerCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder with the server's identity.")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}")
    private Intermediates intermediates = Intermediates.CACHED;

    @Parameters(index = "2", paramLabel = "DUTY", description = "${COMPLETION-CANDIDATES}")
    private Duty duty = Duty.EMPTY_ANSWER;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        try (FloorServer _ = FloorServer.start(folder, intermediates, duty)) {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return 0;
    }
}
