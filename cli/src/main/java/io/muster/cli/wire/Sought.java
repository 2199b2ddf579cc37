package io.muster.cli.wire;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What is said about the server to ask.
///
/// @param data        the data directory of a server on this machine, if one was typed
/// @param context     the name of a server, if one was typed
/// @param environment the environment of the process
public record Sought(Optional<Path> data, Optional<String> context, Map<String, String> environment) {

    /// The named server that is meant: the one that was typed, else the current one where nothing else is said; empty
    /// where a server is meant that has no name. A context file that cannot be read has no contexts here: whoever
    /// asks a server is told.
    public Optional<Context> named() {
        if (data.isPresent() || (context.isEmpty() && says("MUSTER_URL"))) {
            return Optional.empty();
        }
        return ContextFile.in(environment).map(ContextFile::read).flatMap(read -> switch (read) {
            case ContextFile.Read.Held(Contexts contexts) ->
                context.or(contexts::current).flatMap(contexts::named);
            case ContextFile.Read.Broken _ -> Optional.empty();
        });
    }

    boolean says(String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
