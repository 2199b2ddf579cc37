package io.muster.fleet.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The command that starts the server under test. A benchmark knows nothing of the server's classes.
///
/// @param named where it is said to be
record Launcher(Optional<Path> named) {

    /// As MUSTER_LAUNCHER in the environment says, which the launcher sets for its own children.
    static Launcher fromEnvironment() {
        return new Launcher(
                Optional.ofNullable(System.getenv("MUSTER_LAUNCHER")).map(Path::of));
    }

    Path path() {
        return named.filter(Files::isExecutable)
                .orElseThrow(() -> new IllegalStateException("It is not known how to start the server. "
                        + "Call the benchmark as './muster bench enroll', "
                        + "or name the launcher: MUSTER_LAUNCHER=/path/to/muster"));
    }
}
