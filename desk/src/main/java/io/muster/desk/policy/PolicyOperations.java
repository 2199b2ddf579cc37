package io.muster.desk.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.core.door.AttemptId;
import io.muster.core.flow.Difference;
import io.muster.core.flow.Rehearsal;
import io.muster.core.flow.Retried;
import io.muster.core.ledger.Precedents;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.EnrollmentOperations;
import io.muster.desk.roster.TenantOperations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Decides without effect: a sample, a recorded attempt, or all attempts that a change would touch.
public final class PolicyOperations {

    /// How far back a difference looks when nobody says.
    private static final Duration USUAL = Duration.ofDays(7);

    private static final int USUALLY_LISTED = 100;

    /// One request looks at so many attempts, or for so long: the next goes on where it ends.
    private static final int MOST_ATTEMPTS = 100_000;

    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Rehearsal rehearsal;
    private final EnrollmentOperations enrollments;
    private final EnrollmentForm form;
    private final SampleForm samples;
    private final TenantOperations tenants;
    private final InstantSource clock;

    public PolicyOperations(
            Rehearsal rehearsal,
            EnrollmentOperations enrollments,
            EnrollmentForm form,
            SampleForm samples,
            TenantOperations tenants,
            InstantSource clock) {
        this.rehearsal = rehearsal;
        this.enrollments = enrollments;
        this.form = form;
        this.samples = samples;
        this.tenants = tenants;
        this.clock = clock;
    }

    public Reply test(Call call) {
        JsonNode body = call.body();
        if (body.has("attempt") == body.has("sample") || body.has("sample") != body.has("enrollment")) {
            return Reply.refused(Problem.invalid(
                    "",
                    "What to test is either an attempt, or a sample and the enrollment that it comes to.",
                    "Give attempt alone, or enrollment and sample."));
        }
        return tenants.with(call, tenant -> body.has("attempt") ? again(tenant, body) : sample(tenant, body));
    }

    private Reply sample(Tenant tenant, JsonNode body) {
        return enrollments.with(
                tenant, body.path("enrollment").asText(), enrollment -> samples.read(body.path("sample"))
                        .reply(sample -> Reply.ok(JsonNodeFactory.instance
                                .objectNode()
                                .set("now", ForetoldJson.show(rehearsal.test(enrollment, sample))))));
    }

    private Reply again(Tenant tenant, JsonNode body) {
        String id = body.path("attempt").asText();
        Optional<Retried> retried = AttemptId.parse(id).flatMap(attempt -> rehearsal.retry(tenant.name(), attempt));
        return retried.map(PolicyOperations::again)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "attempt",
                        id,
                        "Kept are the last 8 attempts of a device and all of the last 7 days, of this tenant only.")));
    }

    private static Reply again(Retried retried) {
        return switch (retried) {
            case Retried.Again it -> Reply.ok(ForetoldJson.again(it));
            case Retried.Impossible it ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "This attempt cannot be decided again. " + it.why(),
                        "Test a sample of the device instead."));
        };
    }

    public Reply diff(Call call) {
        return tenants.with(call, tenant -> diff(tenant, call.body()));
    }

    private Reply diff(Tenant tenant, JsonNode body) {
        return enrollments.with(
                tenant, body.path("enrollment").asText(), present -> form.next(present, body.path("change"))
                        .then(changed -> since(body).then(since -> Cursor.read(body.path("cursor"))
                                .map(place -> new Asked(changed, since, place))))
                        .reply(asked -> answer(asked, body.path("limit").asInt(USUALLY_LISTED))));
    }

    private record Asked(Enrollment changed, Instant since, Optional<String> after) {}

    private Reply answer(Asked asked, int listed) {
        Rehearsal.Bounds bounds = new Rehearsal.Bounds(MOST_ATTEMPTS, listed, LONGEST);
        try {
            Difference difference =
                    rehearsal.diff(asked.changed(), asked.since(), asked.after().map(Precedents.Place::new), bounds);
            return Reply.ok(ForetoldJson.show(difference));
        } catch (Precedents.PlaceUnknown e) {
            return Cursor.<Reply>malformed().reply(it -> it);
        }
    }

    private Form<Instant> since(JsonNode body) {
        if (!body.has("since")) {
            Duration last = body.has("last") ? Duration.parse(body.path("last").asText()) : USUAL;
            return Form.of(clock.instant().minus(last));
        }
        try {
            return Form.of(Instant.parse(body.path("since").asText()));
        } catch (DateTimeParseException e) {
            return Form.faulty(
                    "/since", "The time is not one of RFC 3339 in UTC.", "Write it like 2026-11-23T18:30:00Z.");
        }
    }
}
