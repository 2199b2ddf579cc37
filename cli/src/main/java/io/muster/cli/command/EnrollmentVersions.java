package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "versions",
        description = "List every version of an enrollment, the newest first, without secrets.",
        footer = {
            "",
            "Examples:",
            "  muster enrollment versions pumps --tenant acme --data ./data",
            "  muster enrollment versions pumps --tenant acme --all --query 'items[?version==`3`]' --data ./data"
        })
final class EnrollmentVersions implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    EnrollmentVersions(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, target.path() + "/versions", Map.of(), Views.ENROLLMENT_VERSIONS);
    }
}
