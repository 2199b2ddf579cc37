package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one enrollment, without its secrets.",
        footer = {"", "Example:", "  muster enrollment get pumps --tenant acme --data ./data"})
final class EnrollmentGet implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    EnrollmentGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), Views.ENROLLMENT::card);
    }
}
