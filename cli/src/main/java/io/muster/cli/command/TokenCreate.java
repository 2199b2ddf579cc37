package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
            "Make a one-time token, with which one device may enroll over EST. It is shown this once.",
            "The first key that uses it is bound to the device; the same key may use it again after a lost answer."
        },
        footer = {
            "",
            "Examples:",
            "  muster token create gate-1 --tenant acme --enrollment gates --data ./data",
            "  muster token create gate-1 --tenant acme --enrollment gates --expires-after 7d -o json --data ./data"
        })
final class TokenCreate implements Callable<Integer> {

    @Parameters(paramLabel = "REGISTRATION-ID", description = "The one device that may come with it.")
    private String registrationId = "";

    @Option(
            names = "--enrollment",
            paramLabel = "NAME",
            required = true,
            description = "A group that was created with --one-time-tokens.")
    private String enrollment = "";

    @Option(
            names = "--uses",
            paramLabel = "N",
            description = "How many different keys may use it, 1 to 1000; 1 if absent.")
    private Optional<Integer> uses = Optional.empty();

    @Option(
            names = "--expires-after",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How long it is good, such as 24h or 7d, at most 365d; 24h if absent.")
    private Optional<Span> expiresAfter = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    TokenCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("registrationId", registrationId).put("enrollment", enrollment);
        uses.ifPresent(keys -> body.put("uses", keys));
        expiresAfter.ifPresent(span -> body.put("expiresAfter", span.iso()));
        return session.ask(server, api -> api.post(tenant.path() + "/tokens", body), this::lines);
    }

    private List<String> lines(JsonNode token) {
        if (!token.has("token")) {
            return List.of("A token for " + token.path("registrationId").asText() + " would be made.");
        }
        int keys = token.path("uses").asInt();
        String label = tenant.name() + "." + token.path("enrollment").asText();
        return List.of(
                "A token for " + token.path("registrationId").asText()
                        + ", shown this once. Bring it to the device on a way that you trust:",
                "  " + token.path("token").asText(),
                "It is good for " + (keys == 1 ? "one key" : keys + " different keys") + " until "
                        + token.path("expiresAt").asText() + ".",
                "",
                "The device sends its certificate request over EST, and the token as HTTP Basic password:",
                "  address   https://HOST:8443/.well-known/est/" + label + "/simpleenroll",
                "  user      " + token.path("registrationId").asText(),
                "  password  the token",
                "",
                "To take it back: muster token revoke " + token.path("id").asText() + " --tenant " + tenant.name());
    }
}
