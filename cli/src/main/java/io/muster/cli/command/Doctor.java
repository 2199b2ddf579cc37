package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.doctor.Connection;
import io.muster.cli.doctor.DataFolder;
import io.muster.cli.doctor.Finding;
import io.muster.cli.doctor.Grade;
import io.muster.cli.doctor.Ports;
import io.muster.cli.doctor.RunningServer;
import io.muster.cli.doctor.SecretFile;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Context;
import io.muster.cli.wire.Sought;
import io.muster.cli.wire.Whereabouts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Look an installation over, and say how to mend what is found. It looks at the way to the server, clocks,",
            "database, listeners, names, disk, keyring and certificates, and at the anchors that end soon; with --data",
            "also into the folder itself, whether a server runs or not."
        },
        footer = {
            "",
            "Ends with 0 where nothing fails, with 1 where something does.",
            "",
            "Examples:",
            "  muster doctor --data ./data",
            "  muster doctor --context plant -o json",
            "  muster doctor --data ./data --query \"checks[?status!='ok'].remedy\""
        })
final class Doctor implements Callable<Integer> {

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;
    private final InstantSource clock;

    Doctor(Session session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        server.data().ifPresent(data -> findings.addAll(new DataFolder(data).findings()));
        Sought sought = server.sought(session.environment());
        sought.named()
                .flatMap(Context::tokenFile)
                .ifPresent(file -> findings.add(SecretFile.finding(
                        "token file", file, "Put the token there, readable by you alone, or name another file.")));
        switch (Whereabouts.find(sought)) {
            case Whereabouts.Known known -> findings.addAll(visit(known));
            case Whereabouts.Unknown(String what, String next, boolean _) -> {
                findings.add(new Finding("connection", Grade.FAIL, what, next));
                server.data().ifPresent(_ -> findings.addAll(Ports.findings()));
            }
        }
        ExitCode shown = session.show(server.shown(), json(findings), Doctor::lines);
        return shown != ExitCode.OK ? shown.number() : verdict(findings).number();
    }

    private List<Finding> visit(Whereabouts.Known known) {
        boolean local = server.data().isPresent();
        List<Finding> findings = new ArrayList<>(Connection.findings(known, clock.instant(), local));
        if (findings.stream().anyMatch(finding -> finding.grade() == Grade.FAIL)) {
            if (local) {
                findings.addAll(Ports.findings());
            }
            return findings;
        }
        switch (AdminApi.open(known)) {
            case AdminApi.Opened.Open(AdminApi api) -> findings.addAll(new RunningServer(api, clock).findings());
            case AdminApi.Opened.Failed ignored ->
                findings.add(new Finding("admin API", Grade.FAIL, "The anchor went away meanwhile.", "Look again."));
        }
        return findings;
    }

    private static ExitCode verdict(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.FAIL) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static Grade worst(List<Finding> findings) {
        return findings.stream().map(Finding::grade).max(Grade::compareTo).orElse(Grade.OK);
    }

    private static ObjectNode json(List<Finding> findings) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("status", worst(findings).word());
        var checks = json.putArray("checks");
        findings.forEach(finding -> checks.add(finding.json()));
        return json;
    }

    private static List<String> lines(JsonNode report) {
        List<String> lines = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            String status = check.path("status").asText();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-4s  %s: %s",
                    status.equals("ok") ? status : status.toUpperCase(Locale.ROOT),
                    check.path("name").asText(),
                    check.path("detail").asText()));
            if (check.has("remedy")) {
                lines.add("      next: " + check.path("remedy").asText());
            }
        }
        lines.add("");
        lines.add(
                switch (report.path("status").asText()) {
                    case "ok" -> "All is well.";
                    case "warn" -> "It works; mend what is marked WARN before it does not.";
                    default -> "Mend what is marked FAIL.";
                });
        return lines;
    }
}
