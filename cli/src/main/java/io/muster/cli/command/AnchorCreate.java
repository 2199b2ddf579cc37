package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Register an authority's certificate under a name.",
            "It is unverified until somebody proves to have its key: the answer says how."
        },
        footer = {"", "Example:", "  muster anchor create maker --certificate maker-ca.pem --tenant acme --data ./data"
        })
final class AnchorCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "The authority's certificate in PEM.")
    private TextFile certificate = new TextFile("", "");

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    AnchorCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("name", name).put("certificate", certificate.text());
        return session.ask(
                server,
                api -> api.post(tenant.path() + "/anchors", body),
                anchor -> AnchorViews.card(anchor, tenant.name()));
    }
}
