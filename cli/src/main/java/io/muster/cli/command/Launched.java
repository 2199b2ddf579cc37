package io.muster.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/// A command that the launcher starts another program for: it is listed and completed here, and run there.
final class Launched implements Callable<Integer> {

    private final Session session;
    private final String name;

    private Launched(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    static CommandSpec command(Session session, String name, String description, String example) {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(new Launched(session, name)).name(name);
        spec.usageMessage().description(description).footer("", "Example:", "  " + example);
        return spec;
    }

    @Override
    public Integer call() {
        return session.sheet()
                .misused(
                        "muster " + name + " is started by the launcher, the script muster of the installation.",
                        "Run: ./muster " + name)
                .number();
    }
}
