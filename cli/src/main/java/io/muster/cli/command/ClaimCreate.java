package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Let devices come with a certificate that they share, until each has its own (AWS: fleet provisioning).",
            "With --trusted-user the server makes a certificate for one device, which is good for five minutes."
        },
        footer = {
            "",
            "Examples:",
            "  muster claim create line-1 --tenant acme --enrollment things --cert claim.pem --data ./data",
            "  muster claim create line-2 --tenant acme --enrollment things --cert claim.pem --creates 500 --window 8h",
            "  muster claim create line-3 --tenant acme --enrollment things --cert claim.pem --expires-after 30d",
            "  muster claim create hand-1 --tenant acme --enrollment things --trusted-user --out-key hand-1.key"
        })
final class ClaimCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Option(
            names = "--enrollment",
            paramLabel = "NAME",
            required = true,
            description = "A group that was created with --template and takes claims.")
    private String enrollment = "";

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "The certificate that the devices share, in PEM. The claim ends with it at the latest.")
    private Optional<TextFile> certificate = Optional.empty();

    @Option(names = "--trusted-user", description = "Make key and certificate here, for one device; shown this once.")
    private boolean trustedUser;

    @Mixin
    private ClaimFiles files = new ClaimFiles();

    @Option(
            names = "--creates",
            paramLabel = "N",
            description = "How many certificates it may create in a window; 1000 if absent, 1 with --trusted-user.")
    private Optional<Long> creates = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How long a window is, such as 8h; it begins with its first certificate; 1d if absent.")
    private Optional<Span> window = Optional.empty();

    @Option(
            names = "--per-second",
            paramLabel = "N",
            description = "How many certificates it may create in a second; 20 if absent.")
    private Optional<Integer> perSecond = Optional.empty();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many MQTT connections may be open with it at once, on one node; 100 if absent.")
    private Optional<Integer> connections = Optional.empty();

    @Option(
            names = "--client-ids",
            paramLabel = "PREFIX",
            description = "What the MQTT client ids of its connections must begin with; any if absent.")
    private Optional<String> clientIds = Optional.empty();

    @Option(
            names = {"--expires-after", "--expires"},
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How long it is good, such as 30d; as long as its certificate if absent.")
    private Optional<Span> expiresAfter = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    ClaimCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<String> mistake = mistake();
        return mistake.isPresent()
                ? session.sheet()
                        .misused(mistake.get(), "muster claim create --help shows examples.")
                        .number()
                : files.ask(session, server, api -> api.post(tenant.path() + "/claims", body()));
    }

    private Optional<String> mistake() {
        if (certificate.isPresent() == trustedUser) {
            return Optional.of("Give either --cert or --trusted-user.");
        }
        if (trustedUser && expiresAfter.isPresent()) {
            return Optional.of("--trusted-user is good for five minutes, whatever --expires-after says.");
        }
        return files.named() && !trustedUser
                ? Optional.of("--out-cert and --out-key go with --trusted-user: of --cert you have both.")
                : Optional.empty();
    }

    private ObjectNode body() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", name).put("enrollment", enrollment);
        certificate.ifPresent(file -> body.put("certificate", file.text()));
        if (trustedUser) {
            body.put("trustedUser", true);
        }
        creates.ifPresent(number -> body.put("creates", number));
        window.ifPresent(span -> body.put("window", span.iso()));
        perSecond.ifPresent(number -> body.put("perSecond", number));
        connections.ifPresent(number -> body.put("connections", number));
        clientIds.ifPresent(prefix -> body.put("clientIds", prefix));
        expiresAfter.ifPresent(span -> body.put("expiresAfter", span.iso()));
        return body;
    }
}
