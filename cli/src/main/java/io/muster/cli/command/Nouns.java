package io.muster.cli.command;

import picocli.CommandLine.Command;

/// The nouns of the command line. Alone they do nothing: picocli asks for a verb, and [Commands] lists the verbs in
/// the synopsis.
final class Nouns {

    private Nouns() {}

    @Command(
            name = "tenant",
            description = "Customers of the installation. A tenant's ID scope is its name.",
            footer = {"", "Example:", "  muster tenant create acme --data ./data"})
    static final class Tenant {}

    @Command(
            name = "hub",
            description = "Places where devices connect. A hub's region comes with it.",
            footer = {"", "Example:", "  muster hub list --tenant acme --data ./data"})
    static final class Hub {}

    @Command(
            name = "key",
            description = "Who may come to the desk: keys and client certificates, each with a role and a scope.",
            footer = {"", "Example:", "  muster key create ci --role operator --out ci.key --data ./data"})
    static final class Key {}

    @Command(
            name = "enrollment",
            description = "Who may come, proved how, treated how. A change makes a new version.",
            footer = {"", "Example:", "  muster enrollment list --tenant acme --data ./data"})
    static final class Enrollment {}

    @Command(
            name = "policy",
            description = {
                "Decisions without effect: of a sample, of what was recorded, of what a change would flip.",
                "And policies of AWS IoT that a tenant keeps by name."
            },
            footer = {
                "",
                "Example:",
                "  muster policy diff --tenant acme --enrollment pumps --change new.json --data ./data"
            })
    static final class Policy {}

    @Command(
            name = "import",
            description = "Files of enrollments that were sent with muster enrollment import.",
            footer = {"", "Example:", "  muster import list --tenant acme --data ./data"})
    static final class Import {}

    @Command(
            name = "token",
            description = "One-time tokens: each lets one device of an enrollment come, and is shown once.",
            footer = {"", "Example:", "  muster token create gate-1 --tenant acme --enrollment gates --data ./data"})
    static final class Token {}

    @Command(
            name = "claim",
            description =
                    "Claims: certificates that many devices share until each has its own (AWS: fleet provisioning).",
            footer = {
                "",
                "Example:",
                "  muster claim create line-1 --tenant acme --enrollment things --cert claim.pem --data ./data"
            })
    static final class Claim {}

    @Command(
            name = "template",
            description = "Provisioning templates of AWS IoT: what one makes of a device, without effect.",
            footer = {
                "",
                "Example:",
                "  muster template test --tenant acme --enrollment things --parameters p.json --data ./data"
            })
    static final class Template {}

    @Command(
            name = "profile",
            description =
                    "Certificate profiles: what the certificates of devices are like. A change makes a new version.",
            footer = {"", "Example:", "  muster profile get device --tenant acme --data ./data"})
    static final class Profile {}

    @Command(
            name = "cert",
            description = "Certificates that were issued to devices, and the authority that signs them.",
            footer = {"", "Example:", "  muster cert list --tenant acme --registration-id gate-1 --data ./data"})
    static final class Cert {}

    @Command(
            name = "device",
            description = "Devices that have enrolled.",
            footer = {"", "Example:", "  muster device list --tenant acme --all -o json --data ./data"})
    static final class Device {}

    @Command(
            name = "config",
            description = {
                "Named servers of this user, so that neither --data nor MUSTER_URL need be said.",
                "They are kept in muster/config.yaml of XDG_CONFIG_HOME, or of .config in the home directory, without any secret."
            },
            footer = {
                "",
                "Example:",
                "  muster config set plant --url https://muster.example.com:9443 --ca ca.pem --token-file plant.token"
            })
    static final class Config {}

    @Command(
            name = "anchor",
            description = {
                "Authorities that a tenant registered by name. A verified one can be named by enrollments: somebody",
                "proved to have its key at hand."
            },
            footer = {
                "",
                "Example:",
                "  muster anchor create maker --tenant acme --certificate maker-ca.pem --data ./data"
            })
    static final class Anchor {}

    @Command(
            name = "region",
            description = "Parts of the world, as a tenant divides it: hubs lie in regions.",
            footer = {"", "Example:", "  muster region list --tenant acme --data ./data"})
    static final class Region {}

    @Command(
            name = "attempt",
            description = "Kept tries of devices, with the decision on each.",
            footer = {"", "Example:", "  muster attempt list --tenant acme --result refused --data ./data"})
    static final class Attempt {}

    @Command(
            name = "operation",
            description = "Requests that were deferred, and what became of them.",
            footer = {"", "Example:", "  muster operation list --tenant acme --state waiting --data ./data"})
    static final class Operation {}

    @Command(
            name = "audit",
            description = "What happened, who did it and on whose word; and whether it stands as it was written.",
            footer = {"", "Example:", "  muster audit list --tenant acme --data ./data"})
    static final class Audit {}

    @Command(
            name = "sink",
            description = "Other systems that are told what happens to devices.",
            footer = {"", "Example:", "  muster sink list --data ./data"})
    static final class Sink {}

    @Command(
            name = "telemetry",
            description = "What connected devices say.",
            footer = {"", "Example:", "  muster telemetry tail --tenant acme --data ./data"})
    static final class Telemetry {}
}
