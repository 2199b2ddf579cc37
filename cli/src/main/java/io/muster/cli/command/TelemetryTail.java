package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Format;
import io.muster.cli.query.Query;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tail",
        description = {
            "Show what devices say, as it comes, until Ctrl-C or so many messages.",
            "With -o json a message is a line: a CloudEvent, as sinks get it. Of a flood, some are let go, and counted."
        },
        footer = {
            "",
            "Examples:",
            "  muster telemetry tail --tenant acme --data ./data",
            "  muster telemetry tail --tenant acme --device pump-1 --limit 10 -o json --data ./data"
        })
final class TelemetryTail implements Callable<Integer> {

    private static final int LARGEST_PAGE = 1000;
    private static final int NOT_FOUND = 404;

    @Option(names = "--device", paramLabel = "ID", description = "Only this device, by device id or registration id.")
    private Optional<String> device = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only devices of this type.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "End after so many messages; never if absent.")
    private Optional<Long> limit = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;
    private Optional<String> tail = Optional.empty();
    private long shown;

    TelemetryTail(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit.isPresent() && limit.get() < 1) {
            return session.sheet()
                    .misused("--limit is " + limit.get() + ".", "Give a number above 0.")
                    .number();
        }
        Answer answer = session.answer(server, this::watched);
        return session.sheet().problem(answer, server.format()).number();
    }

    /// A server that was started again knows nothing of what was begun: then it begins anew.
    private Answer watched(AdminApi api) {
        while (true) {
            Answer answer = api.get(tenant.path() + "/telemetry", query());
            switch (answer) {
                case Answer.Good(JsonNode page) -> {
                    tail = Optional.of(page.path("tail").asText());
                    show(page);
                    if (left() == 0) {
                        return answer;
                    }
                }
                case Answer.Refused refused
                when refused.status() == NOT_FOUND && tail.isPresent() -> {
                    session.sheet().note("muster: The server forgot this tail; messages may be missing here.");
                    tail = Optional.empty();
                }
                case Answer.Refused _, Answer.Unreachable _ -> {
                    return answer;
                }
            }
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        if (tail.isPresent()) {
            query.put("tail", tail.get());
            query.put("limit", Long.toString(Math.min(left(), LARGEST_PAGE)));
        } else {
            device.ifPresent(it -> query.put("device", it));
            type.ifPresent(it -> query.put("type", it));
        }
        return query;
    }

    private long left() {
        return limit.orElse(Long.MAX_VALUE) - shown;
    }

    private void show(JsonNode page) {
        long dropped = page.path("dropped").asLong();
        if (dropped > 0) {
            session.sheet().note("muster: " + dropped + " messages came faster than they could be shown.");
        }
        for (JsonNode event : page.path("items")) {
            shown++;
            switch (session.pick(server.shown(), event)) {
                case Query.Found.Value(JsonNode value)
                when server.format() == Format.JSON ->
                    session.sheet().lines(List.of(session.sheet().line(value)));
                case Query.Found.Value(JsonNode value) -> session.write(server.shown(), value, TelemetryTail::line);
                case Query.Found.Failed failed -> {
                    var _ = session.unfit(failed);
                }
            }
        }
    }

    private static List<String> line(JsonNode event) {
        JsonNode data = event.path("data");
        String payload = data.path("payloadFormat").asText().equals("base64")
                ? "base64:" + data.path("payload_base64").asText()
                : data.path("payload").isTextual()
                        ? data.path("payload").asText()
                        : data.path("payload").toString();
        String aside = data.has("quarantine")
                ? "  [quarantine: " + data.path("quarantine").asText() + "]"
                : "";
        return List.of(event.path("time").asText() + "  "
                + data.path("deviceId").asText() + "  " + data.path("topic").asText() + "  " + payload + aside);
    }
}
