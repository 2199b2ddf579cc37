package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "update",
        aliases = "change",
        description = {
            "Change a certificate profile: what is given changes, the rest stays. The change is a new version, for the",
            "certificates issued from then on; those that were issued stay as they are."
        },
        footer = {
            "",
            "Examples:",
            "  muster profile update device --tenant acme --life 90d --data ./data",
            "  muster profile update device --tenant acme --algorithm p256 --no-server-keys --data ./data"
        })
final class ProfileUpdate implements Callable<Integer> {

    @Mixin
    private ProfileTarget target = new ProfileTarget();

    @Mixin
    private ProfileOptions options = new ProfileOptions();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    ProfileUpdate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        options.into(body);
        if (body.isEmpty() || options.contradict()) {
            session.sheet().note("muster: Say what to change; --alternative-name or --no-alternative-names, not both.");
            session.sheet().note("  next: muster profile update --help shows examples.");
            return ExitCode.USAGE.number();
        }
        return session.ask(server, api -> seen.on(api).patch(target.path(), body), CertificateViews.PROFILE::card);
    }
}
