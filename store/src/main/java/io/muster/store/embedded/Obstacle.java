package io.muster.store.embedded;

import java.nio.file.Path;

/// What can stand in the way of the bundled PostgreSQL.
public sealed interface Obstacle {

    /// Another process holds the directory.
    record InUse(Path directory, String holder) implements Obstacle {}

    /// Nothing is bundled for this kind of machine.
    record UnknownPlatform(String platform) implements Obstacle {}

    /// The data were written by another major version than the bundled one.
    record OtherMajor(Path cluster, String found, String bundled) implements Obstacle {}

    /// The data belong to another user of this machine.
    record NotOurs(Path cluster) implements Obstacle {}

    /// The data lie below a folder that the account PostgreSQL must run as may not enter.
    record Unreachable(Path wanted, Path closed, int uid) implements Obstacle {}

    /// PostgreSQL refuses root, and there is no tool to start it as somebody else.
    record NoWayToDropRoot() implements Obstacle {}

    /// Muster is root, and there is no idle system account to initialize the database as.
    record NoFounder() implements Obstacle {}

    /// The data are there, but the password file is not.
    record PasswordLost(Path file) implements Obstacle {}

    /// The server does not accept the password of the password file.
    record PasswordRefused(Path file) implements Obstacle {}

    /// A server that an earlier run left behind does not stop.
    record StillRunning(long pid, Path cluster) implements Obstacle {}

    /// A new database could not be initialized.
    record NotInitialized(String lastWords) implements Obstacle {}

    /// The server ended, or did not answer in time, at its first start.
    record NotStarted(String lastWords, Path log) implements Obstacle {}

    /// A file could not be read or written.
    record FileTrouble(String what, String why) implements Obstacle {}

    /// What happened, why, and what to do next.
    default String words() {
        return switch (this) {
            case InUse(var directory, var holder) ->
                "Another Muster (%s) is using %s. Stop it, or give this one another directory."
                        .formatted(holder, directory);
            case UnknownPlatform(var platform) ->
                "No PostgreSQL is bundled for %s (only for Linux and macOS on amd64 and arm64). Set database.url to a PostgreSQL 15 or newer of your own."
                        .formatted(platform);
            case OtherMajor(var cluster, var found, var bundled) -> otherMajor(cluster, found, bundled);
            case NotOurs(var cluster) ->
                "The database in %s belongs to another user of this machine. Start Muster as that user or as root, or give the folder to yourself with chown -R."
                        .formatted(cluster);
            case Unreachable(var wanted, var closed, var uid) ->
                "PostgreSQL must not run as root, so it runs as user id %d, and that one may not enter %s, above its data in %s. Allow it with: chmod o+x %s"
                        .formatted(uid, closed, wanted, closed);
            case NoWayToDropRoot() ->
                "PostgreSQL refuses to run as root, and setpriv, which starts it as somebody else, is missing. Install util-linux, or start Muster as an ordinary user.";
            case NoFounder() ->
                "PostgreSQL refuses root also for making a new database, and /etc/passwd has no idle system account to make it as. Add one with useradd --system muster, or start Muster as an ordinary user.";
            case PasswordLost(var file) ->
                "The database is there, but its password file %s is gone. Put it back from a backup; nothing was changed."
                        .formatted(file);
            case PasswordRefused(var file) ->
                "The database refuses the password of %s: the file and the data come from different times. Put back the two that belong together."
                        .formatted(file);
            case StillRunning(var pid, var cluster) ->
                "A PostgreSQL that an earlier run left behind (process %d, data in %s) does not stop. End it by hand with: kill -QUIT %d"
                        .formatted(pid, cluster, pid);
            case NotInitialized(var lastWords) ->
                "A new database could not be initialized. PostgreSQL said: %s".formatted(lastWords);
            case NotStarted(var lastWords, var log) ->
                "PostgreSQL did not start. Its last words: %s (all of them in %s)".formatted(lastWords, log);
            case FileTrouble(var what, var why) ->
                "%s failed: %s. Check that the disk has room and that the folder may be written.".formatted(what, why);
        };
    }

    private static String otherMajor(Path cluster, String found, String bundled) {
        return """
                The database in %1$s was written by PostgreSQL %2$s; this Muster bundles %3$s, which cannot read it. \
                Nothing was changed. Go back to the Muster that bundles %2$s; or move the data with the tools of \
                PostgreSQL %3$s (pg_upgrade, or pg_dumpall and restore) into an external server and set database.url.""".formatted(cluster, found, bundled);
    }
}
