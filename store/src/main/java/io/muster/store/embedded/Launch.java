package io.muster.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a program of PostgreSQL is started: as the right account, in its own session, with a clean environment.
///
/// Its own session, since Ctrl-C goes to everything that shares the terminal, and the server must outlive the drain.
record Launch(Path folder, List<String> prefix, List<String> leash) {
    private static final List<String> PLACES =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    static Launch as(Account account, Path folder) throws IOException {
        List<String> session = tool("setsid")
                .map(List::of)
                .or(() -> tool("perl").map(perl -> List.of(perl, "-e", "use POSIX; POSIX::setsid(); exec @ARGV")))
                .orElse(List.of());
        Optional<String> setpriv = tool("setpriv");
        List<String> prefix = new ArrayList<>(session);
        if (account instanceof Account.Dedicated(int uid, int gid)) {
            prefix.add(setpriv.orElseThrow(() -> new CannotRun(new Obstacle.NoWayToDropRoot())));
            prefix.addAll(List.of("--reuid", "" + uid, "--regid", "" + gid, "--clear-groups", "--no-new-privs"));
        }
        boolean leashed = setpriv.isPresent() && says(List.of(setpriv.get(), "--help"), "--pdeathsig");
        return new Launch(
                folder, List.copyOf(prefix), leashed ? List.of(setpriv.get(), "--pdeathsig", "INT") : List.of());
    }

    /// For a program that ends by itself.
    ProcessBuilder builder(List<String> command) {
        return prepared(Stream.concat(prefix.stream(), command.stream()).toList());
    }

    /// For a server: where the system can, it is told to stop the moment the thread that starts it ends, so when this
    /// JVM dies. That thread must live as long as the server.
    ProcessBuilder leashed(List<String> command) {
        return prepared(Stream.of(prefix, leash, command).flatMap(List::stream).toList());
    }

    private ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C");
        environment.put("PATH", String.join(":", PLACES));
        return builder;
    }

    private static Optional<String> tool(String name) {
        return PLACES.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean says(List<String> command, String word) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains(word);
    }
}
