package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.page.Format;
import io.muster.cli.story.Story;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        description = {
            "Tell why a device was accepted or refused: the checks in their order, and what to do next.",
            "With -o json, -o yaml or --query, the newest attempt as the admin API has it."
        },
        footer = {
            "",
            "Examples:",
            "  muster why pump-1 --tenant acme --data ./data",
            "  muster why 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class Why implements Callable<Integer> {

    /// As many as are kept of each device at least.
    private static final String MOST_ATTEMPTS = "8";

    private static final Pattern ATTEMPT_ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    @Parameters(
            paramLabel = "DEVICE|ATTEMPT",
            description = "A registration id, an outward device id, or the number of an attempt.")
    private String asked = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;
    private final Story story;

    Why(Session session, Story story) {
        this.session = session;
        this.story = story;
    }

    @Override
    public Integer call() {
        return server.format() == Format.TABLE && server.query().isEmpty()
                ? session.ask(server, this::attempts, this::tell)
                : session.ask(server, api -> attempts(api).then(Why::newest), _ -> List.of());
    }

    /// A device may bear a name that looks like an attempt's number, so the number is tried first and the name after.
    private Answer attempts(AdminApi api) {
        if (ATTEMPT_ID.matcher(asked).matches()) {
            Answer attempt = api.get(tenant.path() + "/attempts/" + asked, Map.of());
            if (!(attempt instanceof Answer.Refused refused && refused.status() == 404)) {
                return attempt.then(Why::alone);
            }
        }
        return api.get(
                tenant.path() + "/devices/" + AdminApi.encoded(asked) + "/attempts", Map.of("limit", MOST_ATTEMPTS));
    }

    private static Answer alone(JsonNode attempt) {
        var page = JsonNodeFactory.instance.objectNode();
        page.putArray("items").add(attempt);
        return new Answer.Good(page);
    }

    private static Answer newest(JsonNode page) {
        return new Answer.Good(page.at("/items/0"));
    }

    private List<String> tell(JsonNode page) {
        List<JsonNode> attempts =
                StreamSupport.stream(page.path("items").spliterator(), false).toList();
        return story.tell(attempts.getFirst(), attempts.subList(1, attempts.size()));
    }
}
