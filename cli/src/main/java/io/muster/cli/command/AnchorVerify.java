package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Prove to have an authority's key, by a certificate that it signed for the verification code.",
            "The code is the certificate's common name; muster anchor get shows it, and how to sign."
        },
        footer = {"", "Example:", "  muster anchor verify maker --certificate proof.pem --tenant acme --data ./data"})
final class AnchorVerify implements Callable<Integer> {

    @Mixin
    private AnchorTarget target = new AnchorTarget();

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "The certificate that was signed as proof, in PEM.")
    private TextFile certificate = new TextFile("", "");

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    AnchorVerify(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("certificate", certificate.text());
        return session.ask(server, api -> seen.on(api).post(target.path() + "/verify", body), this::lines);
    }

    private List<String> lines(JsonNode anchor) {
        String name = anchor.path("name").asText();
        return List.of(
                "Anchor " + name + " is verified since "
                        + anchor.path("verifiedAt").asText() + ".",
                "Next: muster enrollment create NAME --anchor " + name + " --tenant " + target.tenant());
    }
}
