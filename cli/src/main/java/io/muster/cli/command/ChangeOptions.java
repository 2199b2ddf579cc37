package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of every command that changes something.
final class ChangeOptions {

    @Option(names = "--dry-run", description = "Have the server check everything and answer as if, and write nothing.")
    private boolean dryRun;

    @Mixin
    private ServerOptions server = new ServerOptions();

    ServerOptions server() {
        return server;
    }

    boolean dryRun() {
        return dryRun;
    }

    AdminApi on(AdminApi api) {
        return dryRun ? api.dry() : api;
    }
}
