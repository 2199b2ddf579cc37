package io.muster.cli.command;

import io.muster.cli.story.Story;
import java.time.InstantSource;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The list of all commands. A new verb is a class and a line here; a new noun is a sign in [Nouns] besides. What is
/// listed is helped, completed and tested by being listed.
public final class Commands {

    private Commands() {}

    /// Adds every command to a root.
    public static CommandLine addTo(CommandLine root, Session session, Story story) {
        addOwners(root, session);
        addEnrollment(root, session);
        addProvisioning(root, session);
        addDevices(root, session);
        addCertificates(root, session);
        addRecords(root, session);
        addSinks(root, session);
        root.addSubcommand(new Why(session, story));
        addPolicy(root, session, story);
        addMachine(root, session);
        root.addSubcommand(new Completion(session));
        addLaunched(root, session);
        return root;
    }

    private static void addOwners(CommandLine root, Session session) {
        CommandLine tenant = noun(root, new Nouns.Tenant());
        verb(tenant, new TenantCreate(session));
        verb(tenant, new TenantList(session));
        verb(tenant, new TenantGet(session));
        verb(tenant, new TenantChange(session));

        CommandLine hub = noun(root, new Nouns.Hub());
        verb(hub, new HubCreate(session));
        verb(hub, new HubList(session));
        verb(hub, new HubGet(session));
        verb(hub, new HubChange(session));

        CommandLine region = noun(root, new Nouns.Region());
        verb(region, new RegionCreate(session));
        verb(region, new RegionList(session));

        CommandLine key = noun(root, new Nouns.Key());
        verb(key, new KeyCreate(session));
        verb(key, new KeyList(session));
        verb(key, new KeyGet(session));
        verb(key, new KeyRotate(session));
        verb(key, new KeyRevoke(session));
    }

    private static void addRecords(CommandLine root, Session session) {
        CommandLine attempt = noun(root, new Nouns.Attempt());
        verb(attempt, new AttemptList(session));
        verb(attempt, new AttemptGet(session));

        CommandLine operation = noun(root, new Nouns.Operation());
        verb(operation, new OperationList(session));
        verb(operation, new OperationGet(session));

        CommandLine audit = noun(root, new Nouns.Audit());
        verb(audit, new AuditList(session));
        verb(audit, new AuditVerify(session));
    }

    private static void addSinks(CommandLine root, Session session) {
        CommandLine sink = noun(root, new Nouns.Sink());
        verb(sink, new SinkList(session));
        verb(sink, new SinkGet(session));
        verb(sink, sinkSwitch(session, true));
        verb(sink, sinkSwitch(session, false));
        verb(sink, new SinkReplay(session));
        verb(sink, new SinkReconcile(session));
        verb(sink, new SinkDeadLetters(session));

        verb(noun(root, new Nouns.Telemetry()), new TelemetryTail(session));
    }

    private static CommandSpec sinkSwitch(Session session, boolean pause) {
        String verb = pause ? "pause" : "resume";
        CommandSpec spec =
                CommandSpec.forAnnotatedObject(new SinkSwitch(session, pause)).name(verb);
        spec.usageMessage()
                .description(
                        pause
                                ? "Tell a sink nothing until it is resumed; it misses nothing."
                                : "Go on telling a sink, from where it stood.")
                .footer("", "Example:", "  muster sink " + verb + " events --data ./data");
        return spec;
    }

    private static void addEnrollment(CommandLine root, Session session) {
        CommandLine enrollment = noun(root, new Nouns.Enrollment());
        verb(enrollment, new EnrollmentCreate(session));
        verb(enrollment, new EnrollmentList(session));
        verb(enrollment, new EnrollmentGet(session));
        verb(enrollment, new EnrollmentVersions(session));
        verb(enrollment, new EnrollmentChange(session));
        verb(enrollment, enrollmentSwitch(session, true));
        verb(enrollment, enrollmentSwitch(session, false));
        verb(enrollment, new EnrollmentRotateKeys(session));
        verb(enrollment, new EnrollmentImport(session));

        CommandLine imports = noun(root, new Nouns.Import());
        verb(imports, new ImportList(session));
        verb(imports, new ImportGet(session));
        verb(imports, new ImportFollow(session));
        verb(imports, new ImportCancel(session));

        CommandLine token = noun(root, new Nouns.Token());
        verb(token, new TokenCreate(session));
        verb(token, new TokenList(session));
        verb(token, new TokenRevoke(session));
    }

    private static void addProvisioning(CommandLine root, Session session) {
        CommandLine claim = noun(root, new Nouns.Claim());
        verb(claim, new ClaimCreate(session));
        verb(claim, new ClaimList(session));
        verb(claim, new ClaimGet(session));
        verb(claim, new ClaimRevoke(session));

        CommandLine template = noun(root, new Nouns.Template());
        verb(template, new TemplateTest(session));
        verb(template, new TemplateDiff(session));
    }

    private static void addDevices(CommandLine root, Session session) {
        CommandLine device = noun(root, new Nouns.Device());
        verb(device, new DeviceList(session));
        verb(device, new DeviceGet(session));
        verb(device, deviceTaking(session, true));
        verb(device, deviceTaking(session, false));
        verb(device, new DeviceDecommission(session));
        verb(device, new DeviceBindings(session));
    }

    private static void addCertificates(CommandLine root, Session session) {
        CommandLine anchor = noun(root, new Nouns.Anchor());
        verb(anchor, new AnchorCreate(session));
        verb(anchor, new AnchorVerify(session));
        verb(anchor, new AnchorList(session));
        verb(anchor, new AnchorGet(session));
        verb(anchor, new AnchorDelete(session));

        CommandLine profile = noun(root, new Nouns.Profile());
        verb(profile, new ProfileCreate(session));
        verb(profile, new ProfileList(session));
        verb(profile, new ProfileGet(session));
        verb(profile, new ProfileUpdate(session));

        CommandLine cert = noun(root, new Nouns.Cert());
        verb(cert, new CertList(session));
        verb(cert, new CertGet(session));
        verb(cert, new CertRevoke(session));
        verb(cert, new CertAuthority(session));
    }

    private static void addPolicy(CommandLine root, Session session, Story story) {
        CommandLine policy = noun(root, new Nouns.Policy());
        verb(policy, new PolicyTest(session, story));
        verb(policy, new PolicyDiff(session));
        verb(policy, new PolicyAwsSimulate(session));
        verb(policy, new PolicyCreate(session));
        verb(policy, new PolicyList(session));
        verb(policy, new PolicyGet(session));
        verb(policy, new PolicyChange(session));
        verb(policy, new PolicyDelete(session));
    }

    /// What concerns this machine and this user.
    private static void addMachine(CommandLine root, Session session) {
        CommandLine config = noun(root, new Nouns.Config());
        verb(config, new ConfigList(session));
        verb(config, new ConfigGet(session));
        verb(config, new ConfigSet(session));
        verb(config, new ConfigUse(session));
        verb(config, new ConfigRemove(session));

        root.addSubcommand(new Doctor(session, InstantSource.system()));
    }

    private static void addLaunched(CommandLine root, Session session) {
        root.addSubcommand(
                Launched.command(session, "up", "Serve in the foreground until Ctrl-C.", "muster up --data ./data"));
        root.addSubcommand(Launched.command(
                session, "demo", "Start everything, enroll simulated devices, tell what happened.", "muster demo"));
        root.addSubcommand(
                Launched.command(session, "bench", "Measure a server with simulated devices.", "muster bench --help"));
        root.addSubcommand(Launched.command(session, "test", "Run Muster's own tests.", "muster test"));
    }

    private static CommandLine noun(CommandLine root, Object noun) {
        CommandLine line = new CommandLine(noun);
        root.addSubcommand(line);
        return line;
    }

    /// Adds a verb, and names it in the synopsis of its noun.
    private static void verb(CommandLine noun, Object verb) {
        noun.addSubcommand(verb);
        noun.getCommandSpec()
                .usageMessage()
                .synopsisSubcommandLabel(noun.getSubcommands().values().stream()
                        .distinct()
                        .map(CommandLine::getCommandName)
                        .collect(Collectors.joining("|")));
    }

    private static CommandSpec deviceTaking(Session session, boolean away) {
        String verb = away ? "quarantine" : "release";
        CommandSpec spec =
                CommandSpec.forAnnotatedObject(new DeviceTaking(session, away)).name(verb);
        if (!away) {
            spec.aliases("approve");
        }
        spec.usageMessage()
                .description(
                        away
                                ? "Refuse a device at every door, on every node, until it is released."
                                : "Let a device that is in quarantine come in: again, or for the first time where its enrollment wants approval.")
                .footer(
                        "",
                        "Example:",
                        "  muster device " + verb + " pump-1 --reason " + (away ? "stolen" : "found")
                                + " --tenant acme --data ./data");
        return spec;
    }

    private static CommandSpec enrollmentSwitch(Session session, boolean enable) {
        String verb = enable ? "enable" : "disable";
        CommandSpec spec = CommandSpec.forAnnotatedObject(new EnrollmentSwitch(session, enable))
                .name(verb);
        spec.usageMessage()
                .description(
                        enable
                                ? "Let an enrollment take devices again."
                                : "Let an enrollment refuse every device from now on, on every node. What has enrolled stays.")
                .footer("", "Example:", "  muster enrollment " + verb + " pumps --tenant acme --data ./data");
        return spec;
    }
}
