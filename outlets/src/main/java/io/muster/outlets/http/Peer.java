package io.muster.outlets.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How a server is asked.
///
/// @param anchors      PEM certificates that its certificate must lead to; empty for those that Java trusts
/// @param allowPrivate whether it may stand at an address that is not public
/// @param patience     for a connection, and then for a whole answer
/// @param parallel     requests at once
public record Peer(Optional<Path> anchors, boolean allowPrivate, Duration patience, int parallel) {}
