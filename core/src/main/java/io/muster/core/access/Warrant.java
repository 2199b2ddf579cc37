package io.muster.core.access;

/// On whose word something is written, for the audit.
///
/// @param actor   a principal's id
/// @param address where the request came from; empty where it came from this process
/// @param request the number of the request, which its answer and the log carry too
/// @param dryRun  everything is checked and answered as if, and nothing is written
public record Warrant(String actor, String address, String request, boolean dryRun) {

    /// The server's own act, or a test's.
    public static Warrant of(String actor) {
        return new Warrant(actor, "", "", false);
    }
}
