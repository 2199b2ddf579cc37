package io.muster.cli.wire;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server under a name of one's own. Of the secret it knows only the file.
///
/// @param anchor    PEM file of the server's anchor; empty for the anchors of the JDK
/// @param tokenFile file that holds the bearer token and nothing else
/// @param tenant    whose things commands are about where none is typed
public record Context(String name, URI url, Optional<Path> anchor, Optional<Path> tokenFile, Optional<String> tenant) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public static boolean mayBeCalled(String name) {
        return NAME.matcher(name).matches();
    }
}
