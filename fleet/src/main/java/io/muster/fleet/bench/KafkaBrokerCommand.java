package io.muster.fleet.bench;

import io.muster.fleet.kafka.LocalBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// A process of its own for a broker, so that its CPU is not the devices' and not the server's. It ends with whoever
/// started it.
@Command(name = "kafka-broker", hidden = true, description = "A Kafka broker that a benchmark starts for itself.")
final class KafkaBrokerCommand implements Callable<Integer> {

    /// The file in its folder that says where it is found, when it serves.
    static final String ADDRESS = "address";

    @Parameters(index = "0", paramLabel = "FOLDER", description = "An empty folder for all that it keeps.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        try (LocalBroker broker = LocalBroker.start(folder)) {
            Path written = Files.writeString(folder.resolve(ADDRESS + ".new"), broker.servers());
            Files.move(written, folder.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }
}
