package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "test",
        description = {
            "Tell what a provisioning template makes of a device, or where it fails. Nothing comes of it.",
            "It is the template of an enrollment, or one in a file."
        },
        footer = {
            "",
            "Examples:",
            "  muster template test --tenant acme --enrollment things --parameters p.json --data ./data",
            "  muster template test --tenant acme --template new.json --parameters p.json --data ./data",
            "  muster template test --tenant acme --template jitp.json --kind jitp --subject CommonName=pump-1 --data ./data"
        })
final class TemplateTest implements Callable<Integer> {

    @Option(names = "--enrollment", paramLabel = "NAME", description = "The enrollment whose template it is.")
    private Optional<String> enrollment = Optional.empty();

    @Option(
            names = "--template",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "A template in JSON; with --enrollment, in place of the one that it has.")
    private Optional<JsonFile> template = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "fleet|jitp",
            description = "What the template is applied to where no enrollment says it; fleet if absent.")
    private Optional<String> kind = Optional.empty();

    @Mixin
    private TemplateSampleOptions sample = new TemplateSampleOptions();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    TemplateTest(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean nothing = enrollment.isEmpty() && template.isEmpty();
        boolean kindTwice = enrollment.isPresent() && kind.isPresent();
        if (nothing || kindTwice) {
            return session.sheet()
                    .misused(
                            "What to test is the template of --enrollment, or --template with its --kind.",
                            "muster template test --help")
                    .number();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        enrollment.ifPresent(it -> body.put("enrollment", it));
        template.ifPresent(it -> body.set("template", it.object()));
        kind.ifPresent(it -> body.put("kind", it));
        body.set("sample", sample.one());
        return session.ask(server, api -> api.post(tenant.path() + "/template/test", body), TemplateTest::lines);
    }

    private static List<String> lines(JsonNode answer) {
        return TemplateViews.outcome(answer.path("outcome"));
    }
}
