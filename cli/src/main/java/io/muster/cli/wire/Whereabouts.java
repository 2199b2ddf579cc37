package io.muster.cli.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where the server is and with what it is asked: from a local data directory, else from the environment.
public sealed interface Whereabouts {

    /// @param token    the bearer token
    /// @param anchor   PEM file of the server's anchor; empty for the anchors of the JDK
    record Known(URI url, String token, Optional<Path> anchor) implements Whereabouts {
        @Override
        public String toString() {
            return "Known(" + url + ")";
        }
    }

    /// @param refused whether it is the token that is missing
    record Unknown(String what, String next, boolean refused) implements Whereabouts {}

    /// @param data        what `--data` says
    /// @param environment the environment of the process
    static Whereabouts find(Optional<Path> data, Map<String, String> environment) {
        return data.map(Whereabouts::local).orElseGet(() -> remote(environment));
    }

    private static Whereabouts local(Path data) {
        return read(data.resolve("desk.url"), data).apply(url -> read(data.resolve("admin.token"), data)
                .apply(token ->
                        known(url, token, Optional.of(data.resolve("trust").resolve("server-ca.pem")))));
    }

    private static Whereabouts remote(Map<String, String> environment) {
        String url = environment.getOrDefault("MUSTER_URL", "");
        String token = environment.getOrDefault("MUSTER_TOKEN", "");
        if (url.isBlank()) {
            return new Unknown(
                    "It is not said which server to ask.",
                    "Add --data DIR for a server on this machine, or set MUSTER_URL, MUSTER_TOKEN and MUSTER_CA.",
                    false);
        }
        if (token.isBlank()) {
            return new Unknown(
                    "MUSTER_URL is set and MUSTER_TOKEN is not.",
                    "Set MUSTER_TOKEN to the content of the server's file admin.token.",
                    true);
        }
        return known(
                url,
                token,
                Optional.ofNullable(environment.get("MUSTER_CA"))
                        .filter(ca -> !ca.isBlank())
                        .map(Path::of));
    }

    private static Whereabouts known(String url, String token, Optional<Path> anchor) {
        try {
            URI uri = URI.create(url.strip().replaceAll("/+$", ""));
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return new Known(uri, token.strip(), anchor);
            }
        } catch (IllegalArgumentException _) {
            // Told like any other text that is no address.
        }
        return new Unknown(
                "The address of the server is not an https address.",
                "Write it as https://host:9443: the token is sent over TLS only.",
                false);
    }

    /// Reads one of the server's files, and goes on with its text.
    private static Function<Function<String, Whereabouts>, Whereabouts> read(Path file, Path data) {
        return next -> {
            try {
                return next.apply(Files.readString(file));
            } catch (NoSuchFileException _) {
                return new Unknown(
                        "There is no " + file + ": no server has been started on " + data + ", or it has not come up.",
                        "Start one with: muster up --data " + data,
                        false);
            } catch (AccessDeniedException _) {
                return new Unknown(
                        file + " may not be read by this user.",
                        "Run as the user that runs the server, or set MUSTER_URL, MUSTER_TOKEN and MUSTER_CA.",
                        true);
            } catch (IOException e) {
                return new Unknown(file + " cannot be read: " + e.getMessage(), "Mend the file system first.", false);
            }
        };
    }
}
