package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Make a key for the desk, or register the client certificate of a service. A key is shown this once.",
            "What it may do is its role; how far that reaches are tenant, enrollments and regions.",
            "A shared access policy is for tools of Azure's DPS: they sign with its key, and want a connection string."
        },
        footer = {
            "",
            "Examples:",
            "  muster key create ci --role operator --out ci.key --data ./data",
            "  muster key create line-3 --tenant acme --role provisioner --enrollment pumps --data ./data",
            "  muster key create billing --tenant acme --role viewer --certificate billing.pem --data ./data",
            "  muster key create owner --tenant acme --role operator --shared-access-policy --host-name dps.example.com"
        })
final class KeyCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What people call it.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "owner, operator, provisioner, auditor or viewer.")
    private String role = "";

    @Option(
            names = "--enrollment",
            paramLabel = "NAME",
            description = "Reaches this enrollment of the tenant only; may be given several times.")
    private List<String> enrollments = List.of();

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Reaches this region of the tenant only; may be given several times.")
    private List<String> regions = List.of();

    @Option(
            names = "--expires-after",
            paramLabel = "SPAN",
            description = "How long it is good, such as 30d, at most 365d, or never; 90d if absent.")
    private Optional<String> expiresAfter = Optional.empty();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "The client certificate with which it comes instead of with a key, in PEM.")
    private Optional<TextFile> certificate = Optional.empty();

    @Option(
            names = "--match",
            paramLabel = "WHAT",
            description = "key: any certificate with the same key is good; certificate: this one alone. key if absent.")
    private Optional<String> match = Optional.empty();

    @Option(
            names = "--shared-access-policy",
            description = "A policy for tools of Azure's DPS, of the tenant as a whole; its key comes with a connection"
                    + " string.")
    private boolean sharedAccess;

    @Mixin
    private KeyPlace place = new KeyPlace();

    @Mixin
    private KeyShown shown = new KeyShown();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    KeyCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("name", name).put("role", role);
        all(body, "enrollments", enrollments);
        all(body, "regions", regions);
        expiresAfter.ifPresent(span -> body.put("expiresAfter", life(span)));
        certificate.ifPresent(file -> body.put("certificate", file.text()));
        match.ifPresent(what -> body.put("match", what));
        if (sharedAccess) {
            body.put("sharedAccess", true);
        }
        return shown.ask(session, server, api -> api.post(place.path(), body), place.typed());
    }

    static String life(String span) {
        return span.equals("never") ? span : new Span.Reader().convert(span).iso();
    }

    private static void all(ObjectNode body, String field, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode list = body.putArray(field);
            names.forEach(list::add);
        }
    }
}
