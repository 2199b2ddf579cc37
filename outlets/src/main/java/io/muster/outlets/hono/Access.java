package io.muster.outlets.hono;

import io.muster.outlets.credential.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// How the registry knows that it may listen to us: the contract knows bearer tokens and basic authentication.
public sealed interface Access {

    /// Nothing is asked.
    record Open() implements Access {}

    /// @param token the file that holds it
    record Bearer(Path token) implements Access {}

    /// @param password the file that holds it
    record Basic(String user, Path password) implements Access {}

    /// The value of `Authorization`; empty for none. The file is read each time, so that it can be changed.
    default String header() throws IOException {
        return switch (this) {
            case Open() -> "";
            case Bearer(Path token) -> "Bearer " + SecretFile.only(token);
            case Basic(String user, Path password) ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + SecretFile.only(password)).getBytes(StandardCharsets.UTF_8));
        };
    }
}
