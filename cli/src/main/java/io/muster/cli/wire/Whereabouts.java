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

/// Where the server is and with what it is asked: from a local data directory or a context that was typed, else from
/// the environment, else from the current context.
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

    static Whereabouts find(Sought sought) {
        if (sought.data().isPresent()) {
            return local(sought.data().get());
        }
        if (sought.context().isEmpty() && sought.says("MUSTER_URL")) {
            return remote(sought.environment());
        }
        return ContextFile.in(sought.environment())
                .map(file -> switch (file.read()) {
                    case ContextFile.Read.Held(Contexts contexts) -> among(contexts, sought.context());
                    case ContextFile.Read.Broken(String what, String next) -> new Unknown(what, next, false);
                })
                .orElseGet(Whereabouts::nowhere);
    }

    private static Whereabouts among(Contexts contexts, Optional<String> typed) {
        Optional<String> name = typed.or(contexts::current);
        if (name.isEmpty()) {
            return nowhere();
        }
        return contexts.named(name.get())
                .map(Whereabouts::at)
                .orElseGet(() -> new Unknown(
                        "There is no context " + name.get() + ".",
                        "See muster config list; make it with muster config set " + name.get() + " --url URL.",
                        false));
    }

    private static Whereabouts at(Context context) {
        if (context.tokenFile().isEmpty()) {
            return new Unknown(
                    "The context " + context.name() + " names no token file.",
                    "Run: muster config set " + context.name() + " --token-file FILE",
                    true);
        }
        Path file = context.tokenFile().get();
        try {
            return known(context.url().toString(), Files.readString(file), context.anchor());
        } catch (IOException _) {
            return new Unknown(
                    "The token file " + file + " of the context " + context.name() + " cannot be read.",
                    "Put the token there, readable by you alone, or name another file: muster config set "
                            + context.name() + " --token-file FILE",
                    true);
        }
    }

    private static Unknown nowhere() {
        return new Unknown(
                "It is not said which server to ask.",
                "Add --data DIR for a server on this machine, name one with muster config set, or set MUSTER_URL,"
                        + " MUSTER_TOKEN and MUSTER_CA.",
                false);
    }

    private static Whereabouts local(Path data) {
        return read(data.resolve("desk.url"), data).apply(url -> read(data.resolve("admin.token"), data)
                .apply(token ->
                        known(url, token, Optional.of(data.resolve("trust").resolve("server-ca.pem")))));
    }

    private static Whereabouts remote(Map<String, String> environment) {
        String url = environment.getOrDefault("MUSTER_URL", "");
        String token = environment.getOrDefault("MUSTER_TOKEN", "");
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
        return address(url)
                .<Whereabouts>map(uri -> new Known(uri, token.strip(), anchor))
                .orElseGet(() -> new Unknown(
                        "The address of the server is not an https address.",
                        "Write it as https://host:9443: the token is sent over TLS only.",
                        false));
    }

    /// An address to which a token may be sent.
    static Optional<URI> address(String url) {
        try {
            URI uri = URI.create(url.strip().replaceAll("/+$", ""));
            return Optional.of(uri).filter(https -> "https".equals(https.getScheme()) && https.getHost() != null);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
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
