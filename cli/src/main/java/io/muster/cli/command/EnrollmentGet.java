package io.muster.cli.command;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "get",
        description = "Show one enrollment, without its secrets.",
        footer = {
            "",
            "Examples:",
            "  muster enrollment get pumps --tenant acme --data ./data",
            "  muster enrollment get things --version 2 --query template -o json --tenant acme --data ./data"
        })
final class EnrollmentGet implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "As it was in this version, with the template of then; the newest if absent.")
    private Optional<Integer> version = Optional.empty();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    EnrollmentGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String path =
                target.path() + version.map(number -> "/versions/" + number).orElse("");
        return session.ask(server, api -> api.get(path, Map.of()), Views.ENROLLMENT::card);
    }
}
