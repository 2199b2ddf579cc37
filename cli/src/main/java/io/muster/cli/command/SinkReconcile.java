package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = {
            "Compare what a sink holds of a tenant's devices with the devices: what is missing, unknown, or differs.",
            "A sink of kind hono can be compared. Let its lag be 0 before: what it was not told yet differs, too."
        },
        footer = {
            "",
            "Examples:",
            "  muster sink reconcile hono --tenant acme --data ./data",
            "  muster sink reconcile hono --tenant acme --mend --data ./data"
        })
final class SinkReconcile implements Callable<Integer> {

    private static final Table DRIFTS = new Table(
            Column.at("DEVICE", "/deviceId"),
            Column.at("DRIFT", "/kind"),
            Column.at("WHAT", "/what"),
            Column.at("MENDED", "/mended"));

    @Mixin
    private SinkTarget target = new SinkTarget();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Option(names = "--mend", description = "Have the sink hold what it should.")
    private boolean mend;

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    SinkReconcile(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, this::compared, SinkReconcile::lines);
    }

    private Answer compared(AdminApi api) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode drifts = whole.putArray("drifts");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("mend", mend);
        String path = tenant.path() + target.path() + "/reconcile";
        String tail = "";
        long compared = 0;
        while (true) {
            Answer answer = api.post(path + tail, body);
            if (!(answer instanceof Answer.Good(JsonNode part))) {
                return answer;
            }
            compared += part.path("compared").asLong();
            part.path("drifts").forEach(drifts::add);
            if (!part.has("next")) {
                return new Answer.Good(whole.put("compared", compared));
            }
            tail = "?cursor=" + AdminApi.encoded(part.path("next").asText());
            session.sheet().progress(compared + " devices compared");
        }
    }

    private static List<String> lines(JsonNode result) {
        JsonNode drifts = result.path("drifts");
        if (drifts.isEmpty()) {
            return List.of("The sink holds what it should.");
        }
        List<String> lines = new ArrayList<>(DRIFTS.lines(drifts));
        long mended =
                drifts.valueStream().filter(it -> it.path("mended").asBoolean()).count();
        lines.add(drifts.size() + " devices are not as they should be there; " + mended + " of them were mended.");
        return lines;
    }
}
