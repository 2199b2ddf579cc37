package io.muster.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The makers' certificates in the tenants' enrollments: devices are refused from the day on which one ends.
final class Anchors {

    private static final Duration SOON = Duration.ofDays(30);
    private static final String PAGE = "1000";
    private static final int MOST_PAGES = 200;
    private static final int MOST_TOLD = 20;

    private final AdminApi api;
    private final Instant now;

    private final List<Finding> findings = new ArrayList<>();
    private int pages;
    private int seen;
    private int untold;

    Anchors(AdminApi api, Instant now) {
        this.api = api;
        this.now = now;
    }

    List<Finding> findings() {
        walk("/tenants", tenant -> {
            String name = tenant.path("name").asText();
            walk("/tenants/" + AdminApi.encoded(name) + "/enrollments", enrollment -> look(name, enrollment));
        });
        if (untold > 0) {
            findings.add(Finding.warn(
                    "anchors", untold + " more end within 30 days or have ended.", "Mend these, and look again."));
        }
        if (pages >= MOST_PAGES) {
            findings.add(Finding.warn(
                    "anchors",
                    "Only the first " + MOST_PAGES + " pages of enrollments were looked at.",
                    "Look at the others with muster enrollment list."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("anchors", "None of " + seen + " in the enrollments ends within 30 days."));
        }
        return findings;
    }

    private void walk(String path, Consumer<JsonNode> each) {
        Map<String, String> query = new TreeMap<>(Map.of("limit", PAGE));
        while (pages++ < MOST_PAGES) {
            Answer answer = api.get(path, query);
            if (!(answer instanceof Answer.Good(JsonNode page))) {
                findings.add(Finding.warn(
                        "anchors", "The list " + path + " was refused.", "Look with a token that may read it."));
                return;
            }
            page.path("items").forEach(each);
            if (!page.has("next")) {
                return;
            }
            query.put("cursor", page.path("next").asText());
        }
    }

    private void look(String tenant, JsonNode enrollment) {
        for (JsonNode parent : enrollment.path("proof").findParents("notAfter")) {
            seen++;
            end(parent)
                    .filter(end -> end.isBefore(now.plus(SOON)))
                    .ifPresent(end ->
                            tell(tenant, enrollment, parent.path("subject").asText(), end));
        }
    }

    private void tell(String tenant, JsonNode enrollment, String subject, Instant end) {
        if (findings.size() >= MOST_TOLD) {
            untold++;
            return;
        }
        String name = enrollment.path("name").asText();
        String what = subject + " in enrollment " + name + " of " + tenant
                + (end.isBefore(now) ? " has ended on " : " ends on ") + end + ".";
        String next = "Ask the maker for its successor, and give both: muster enrollment change " + name + " --tenant "
                + tenant + " " + option(enrollment.path("proof")) + " FILE";
        findings.add(
                end.isBefore(now)
                        ? Finding.fail("anchors", what + " Its devices are refused.", next)
                        : Finding.warn("anchors", what, next));
    }

    private static String option(JsonNode proof) {
        if (proof.has("tpm")) {
            return "--tpm-ca";
        }
        return proof.has("x509Pinned") ? "--x509-cert" : "--x509-ca";
    }

    private static Optional<Instant> end(JsonNode certificate) {
        try {
            return Optional.of(Instant.parse(certificate.path("notAfter").asText()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
