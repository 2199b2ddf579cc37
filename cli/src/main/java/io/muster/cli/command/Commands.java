package io.muster.cli.command;

import io.muster.cli.story.Story;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The list of all commands that ask a server.
public final class Commands {

    private Commands() {}

    /// Adds every command to a root.
    public static CommandLine addTo(CommandLine root, Session session, Story story) {
        root.addSubcommand(noun(new Nouns.Tenant())
                .addSubcommand(new TenantCreate(session))
                .addSubcommand(new TenantList(session))
                .addSubcommand(new TenantGet(session)));
        root.addSubcommand(noun(new Nouns.Hub())
                .addSubcommand(new HubCreate(session))
                .addSubcommand(new HubList(session))
                .addSubcommand(new HubGet(session)));
        root.addSubcommand(noun(new Nouns.Enrollment())
                .addSubcommand(new EnrollmentCreate(session))
                .addSubcommand(new EnrollmentList(session))
                .addSubcommand(new EnrollmentGet(session))
                .addSubcommand(new EnrollmentChange(session))
                .addSubcommand("enable", enrollmentSwitch(session, true))
                .addSubcommand("disable", enrollmentSwitch(session, false))
                .addSubcommand(new EnrollmentRotateKeys(session)));
        addCertificates(root, session);
        root.addSubcommand(
                noun(new Nouns.Device()).addSubcommand(new DeviceList(session)).addSubcommand(new DeviceGet(session)));
        return root.addSubcommand(new Why(session, story));
    }

    private static void addCertificates(CommandLine root, Session session) {
        root.addSubcommand(noun(new Nouns.Token())
                .addSubcommand(new TokenCreate(session))
                .addSubcommand(new TokenList(session))
                .addSubcommand(new TokenRevoke(session)));
        root.addSubcommand(noun(new Nouns.Profile())
                .addSubcommand(new ProfileCreate(session))
                .addSubcommand(new ProfileList(session))
                .addSubcommand(new ProfileGet(session))
                .addSubcommand(new ProfileUpdate(session)));
        root.addSubcommand(noun(new Nouns.Cert())
                .addSubcommand(new CertList(session))
                .addSubcommand(new CertGet(session))
                .addSubcommand(new CertRevoke(session))
                .addSubcommand(new CertAuthority(session)));
    }

    private static CommandLine noun(Object noun) {
        return new CommandLine(noun);
    }

    private static CommandSpec enrollmentSwitch(Session session, boolean enable) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new EnrollmentSwitch(session, enable));
        String verb = enable ? "enable" : "disable";
        spec.usageMessage()
                .description(
                        enable
                                ? "Let an enrollment take devices again."
                                : "Let an enrollment refuse every device from now on, on every node. What has enrolled stays.")
                .footer("", "Example:", "  muster enrollment " + verb + " pumps --tenant acme --data ./data");
        return spec;
    }
}
