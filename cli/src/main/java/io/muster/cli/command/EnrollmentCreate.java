package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Create an enrollment: a group of devices, or with --registration-id one device.",
            "Say how devices prove themselves by exactly one of --x509-ca (or --anchor), --x509-cert, --symmetric-key,",
            "--one-time-tokens, --tpm-ca and --tpm-ek; a --template alone takes devices with claims."
        },
        footer = {
            "",
            "Examples:",
            "  muster enrollment create pumps --tenant acme --x509-ca maker-ca.pem --hub eu-1 --data ./data",
            "  muster enrollment create pumps --tenant acme --anchor maker --hub eu-1 --data ./data",
            "  muster enrollment create meters --tenant acme --symmetric-key --hub eu-1 --hub us-1 --data ./data",
            "  muster enrollment create gates --tenant acme --one-time-tokens --renew-after 300d --data ./data",
            "  muster enrollment create lab --tenant acme --x509-cert lab.pem --registration-id lab-1 --data ./data",
            "  muster enrollment create boards --tenant acme --tpm-ca manufacturers.pem --data ./data",
            "  muster enrollment create boards --tenant acme --tpm-ca manufacturers.pem --tpm-allow keys.txt --data ./data",
            "  muster enrollment create boards --tenant acme --tpm-ca manufacturers.pem --tpm-crl crls.pem --data ./data",
            "  muster enrollment create bench --tenant acme --tpm-ek ek.pem --registration-id board-1 --data ./data",
            "  muster enrollment create things --tenant acme --template template.json --hub eu-1 --data ./data",
            "  muster enrollment create born --tenant acme --x509-ca ca.pem --template jitp.json --data ./data",
            "  muster enrollment create seen --tenant acme --x509-ca ca.pem --admission approval --data ./data"
        })
final class EnrollmentCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    @Mixin
    private TpmOptions tpm = new TpmOptions();

    @Option(
            names = "--symmetric-key",
            description = "Devices sign with a key. Two keys are made and shown this once; a group's devices use a key "
                    + "derived from one of them.")
    private boolean symmetricKey;

    @Option(
            names = "--one-time-tokens",
            description = "A group: each device comes with a token that muster token create made for it.")
    private boolean oneTimeTokens;

    @Mixin
    private ProvisioningOptions provisioning = new ProvisioningOptions();

    @Option(
            names = "--registration-id",
            paramLabel = "ID",
            description = "Only the device of this registration id; without it, a group.")
    private Optional<String> registrationId = Optional.empty();

    @Mixin
    private TreatmentOptions treatment = new TreatmentOptions();

    @Mixin
    private CertificateTermsOptions terms = new CertificateTermsOptions();

    @Option(names = "--disabled", description = "Create it disabled: it refuses every device until it is enabled.")
    private boolean disabled;

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    EnrollmentCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<String> mistake = mistake();
        if (mistake.isPresent()) {
            session.sheet().note("muster: " + mistake.get());
            session.sheet().note("  next: muster enrollment create --help shows examples.");
            return ExitCode.USAGE.number();
        }
        return session.ask(server, api -> api.post(tenant.path() + "/enrollments", body()), this::lines);
    }

    private int proofs() {
        return certificates.given() + tpm.given() + (symmetricKey ? 1 : 0) + (oneTimeTokens ? 1 : 0);
    }

    /// A template alone is what devices with claims come by.
    private boolean claims() {
        return proofs() == 0 && provisioning.template();
    }

    private Optional<String> mistake() {
        if (proofs() != 1 && !claims()) {
            return Optional.of(
                    "Give exactly one of --x509-ca, --x509-cert, --symmetric-key, --one-time-tokens, --tpm-ca"
                            + " and --tpm-ek, or --template alone for devices with claims.");
        }
        if (claims() && registrationId.isPresent()) {
            return Optional.of("--template alone is for a group: a claim is for many devices.");
        }
        if (oneTimeTokens && registrationId.isPresent()) {
            return Optional.of("--one-time-tokens is for a group: a token names its device already.");
        }
        if (certificates.secondaryAlone()) {
            return Optional.of("--x509-cert-secondary goes with --x509-cert.");
        }
        if (certificates.pins() && registrationId.isEmpty()) {
            return Optional.of("--x509-cert is for one device: say which with --registration-id.");
        }
        return mistakeOfTpm();
    }

    private Optional<String> mistakeOfTpm() {
        Optional<String> ofTpm = tpm.mistakeOfNew();
        if (ofTpm.isPresent()) {
            return ofTpm;
        }
        if (tpm.pins() && registrationId.isEmpty()) {
            return Optional.of("--tpm-ek is for one device: say which with --registration-id.");
        }
        return tpm.ofManufacturers() && registrationId.isPresent()
                ? Optional.of("--tpm-ca is for a group: give --tpm-ek for the one device.")
                : Optional.empty();
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", name).put("kind", registrationId.isPresent() ? "individual" : "group");
        registrationId.ifPresent(id -> body.put("registrationId", id));
        certificates.proof().or(tpm::proof).ifPresentOrElse(proof -> body.set("proof", proof), () -> body.putObject(
                        "proof")
                .putObject(plainProof()));
        treatment.whole(body);
        provisioning.into(body);
        terms.into(body);
        if (disabled) {
            body.put("enabled", false);
        }
        return body;
    }

    private String plainProof() {
        return claims() ? "claims" : oneTimeTokens ? "oneTimeTokens" : "symmetricKey";
    }

    private List<String> lines(JsonNode enrollment) {
        List<String> lines = new ArrayList<>();
        lines.add("Enrollment " + enrollment.path("name").asText() + " is there.");
        Views.ENROLLMENT.card(enrollment).forEach(line -> lines.add("  " + line));
        if (oneTimeTokens) {
            lines.add("Next: muster token create REGISTRATION-ID --tenant " + tenant.name() + " --enrollment " + name);
        }
        if (claims()) {
            lines.add("Next: muster claim create NAME --tenant " + tenant.name() + " --enrollment " + name
                    + " --cert claim.pem");
        }
        JsonNode keys = enrollment.at("/proof/symmetricKey");
        if (keys.hasNonNull("primaryKey")) {
            lines.add("");
            lines.add("Its keys, shown this once. Keep them where secrets are kept:");
            lines.add("  primary key    " + keys.path("primaryKey").asText());
            lines.add("  secondary key  " + keys.path("secondaryKey").asText());
            if (enrollment.path("kind").asText().equals("group")) {
                lines.add(
                        "A device's own key is HMAC-SHA256 of its registration id in lower case under one of them, in base64.");
            }
        }
        return lines;
    }
}
