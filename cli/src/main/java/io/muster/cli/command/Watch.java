package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Format;
import io.muster.cli.page.Sheet;
import io.muster.cli.query.Query;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Shows the answer to one question again and again. A server that is away for a while is waited for; one that
/// refuses is not asked again.
final class Watch {

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Session session;
    private final Sheet sheet;
    private final ServerOptions options;
    private final Function<JsonNode, List<String>> lines;

    private JsonNode shown = MissingNode.getInstance();
    private ExitCode code = ExitCode.OK;
    private boolean away;

    Watch(Session session, ServerOptions options, Function<JsonNode, List<String>> lines) {
        this.session = session;
        this.sheet = session.sheet();
        this.options = options;
        this.lines = lines;
    }

    /// @param span for how long; empty for until it is interrupted
    ExitCode run(Function<AdminApi, Answer> question, Optional<Duration> span) {
        long begun = session.rhythm().nanos().getAsLong();
        Answer last = session.answer(options, api -> {
            Answer answer;
            do {
                answer = question.apply(api);
            } while (take(answer) && rest(begun, span));
            return answer;
        });
        return last instanceof Answer.Good ? code : sheet.problem(last, options.format());
    }

    /// Shows an answer, and says whether to ask again.
    private boolean take(Answer answer) {
        if (!(answer instanceof Answer.Good(JsonNode body))) {
            return passing(answer);
        }
        away = false;
        switch (session.pick(options.shown(), body)) {
            case Query.Found.Value(JsonNode value) -> draw(value);
            case Query.Found.Failed failed -> code = session.unfit(failed);
        }
        return code == ExitCode.OK && !sheet.abandoned();
    }

    private boolean passing(Answer answer) {
        boolean passing =
                !(answer instanceof Answer.Refused refused) || ExitCode.of(refused.status()) == ExitCode.UNAVAILABLE;
        if (passing && !away) {
            away = true;
            sheet.note("muster: The server does not answer; asking again every 2 seconds.");
        }
        return passing;
    }

    private void draw(JsonNode value) {
        boolean redrawn = sheet.live() && options.format() == Format.TABLE;
        if (value.equals(shown) && !redrawn) {
            return;
        }
        boolean first = shown.isMissingNode();
        shown = value;
        switch (options.format()) {
            case JSON -> sheet.part(sheet.line(value) + "\n");
            case YAML -> sheet.part("---\n" + sheet.block(value));
            case TABLE -> {
                sheet.clear();
                if (!first && !redrawn) {
                    sheet.lines(List.of(""));
                }
                session.write(options.shown(), value, lines);
            }
        }
    }

    private boolean rest(long begun, Optional<Duration> span) {
        Rhythm rhythm = session.rhythm();
        if (span.isEmpty()) {
            return rhythm.rest().test(BETWEEN);
        }
        Duration left = span.get().minusNanos(rhythm.nanos().getAsLong() - begun);
        return left.isPositive() && rhythm.rest().test(left.compareTo(BETWEEN) < 0 ? left : BETWEEN);
    }
}
