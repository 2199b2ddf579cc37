package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Watches an import to its end. A server that is away for a while is waited for: the import goes on when it, or
/// another node, is back.
final class ImportWatch {

    private static final Set<String> GOING_ON = Set.of("receiving", "validating", "applying");
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int WIDTH = 30;

    private final Session session;
    private final ServerOptions server;
    private final TenantOption tenant;
    private String phase = "";
    private long phaseBegan;
    private boolean away;

    ImportWatch(Session session, ServerOptions server, TenantOption tenant) {
        this.session = session;
        this.server = server;
        this.tenant = tenant;
    }

    /// Shows how far an upload is.
    void sent(long bytes, long all) {
        session.sheet()
                .progress(bar("sending", bytes, all) + "  "
                        + String.format(Locale.ROOT, "%,d of %,d KiB", bytes / 1024, all / 1024));
    }

    ExitCode toItsEnd(String id) {
        String words = "The import goes on. Watch it with: muster import watch " + id + " --tenant " + tenant.name();
        try (Parting _ = Parting.saying(session.sheet(), words)) {
            Answer last = session.answer(server, api -> watched(api, id));
            session.sheet().progress("");
            if (!(last instanceof Answer.Good(JsonNode work))) {
                return session.sheet().problem(last, server.format());
            }
            if (GOING_ON.contains(work.path("state").asText())) {
                return ExitCode.INTERRUPTED;
            }
            ExitCode shown = session.show(server.shown(), work, ImportViews::ended);
            boolean done = work.path("state").asText().equals("done");
            return shown == ExitCode.OK && !done ? ExitCode.REFUSED : shown;
        }
    }

    private Answer watched(AdminApi api, String id) {
        String path = tenant.path() + "/imports/" + AdminApi.encoded(id);
        while (true) {
            Answer answer = api.get(path, Map.of());
            boolean goesOn =
                    switch (answer) {
                        case Answer.Good(JsonNode work) -> {
                            show(work);
                            yield GOING_ON.contains(work.path("state").asText());
                        }
                        case Answer.Refused refused -> passing(ExitCode.of(refused.status()) == ExitCode.UNAVAILABLE);
                        case Answer.Unreachable _ -> passing(!phase.isEmpty());
                    };
            if (!goesOn || !session.rhythm().rest().test(BETWEEN)) {
                return answer;
            }
        }
    }

    private boolean passing(boolean passing) {
        if (passing && !away) {
            away = true;
            session.sheet().note("muster: The server does not answer; asking again until it does.");
        }
        return passing;
    }

    private void show(JsonNode work) {
        away = false;
        String state = work.path("state").asText();
        if (!state.equals(phase)) {
            phase = state;
            phaseBegan = session.rhythm().nanos().getAsLong();
        }
        JsonNode items = work.path("items");
        boolean storing = state.equals("applying");
        long done = items.path(storing ? "applied" : "checked").asLong();
        if (GOING_ON.contains(state)) {
            session.sheet()
                    .progress(bar(
                                    storing ? "storing" : "checking",
                                    done,
                                    storing ? items.path("total").asLong() : 0)
                            + "  " + String.format(Locale.ROOT, "%,d", done) + rate(done));
        }
    }

    private String rate(long done) {
        long nanos = session.rhythm().nanos().getAsLong() - phaseBegan;
        return nanos < 1_000_000_000L || done == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d/s", done * 1_000_000_000L / nanos);
    }

    private static String bar(String what, long done, long all) {
        int filled = all == 0 ? 0 : (int) Math.min(WIDTH, WIDTH * done / all);
        return String.format(Locale.ROOT, "%-9s", what)
                + (all == 0 ? "" : "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]");
    }
}
