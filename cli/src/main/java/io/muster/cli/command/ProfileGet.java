package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one certificate profile in its newest version.",
        footer = {"", "Example:", "  muster profile get device --tenant acme --data ./data"})
final class ProfileGet implements Callable<Integer> {

    @Mixin
    private ProfileTarget target = new ProfileTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ProfileGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), CertificateViews.PROFILE::card);
    }
}
