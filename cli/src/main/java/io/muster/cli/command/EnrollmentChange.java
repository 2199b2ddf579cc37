package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "change",
        aliases = "update",
        description = "Change an enrollment: what is given changes, the rest stays. The change is a new version.",
        footer = {
            "",
            "Examples:",
            "  muster enrollment change pumps --tenant acme --key-change allow --data ./data",
            "  muster enrollment change pumps --tenant acme --hub eu-1 --hub eu-2 --data ./data",
            "  muster enrollment change pumps --tenant acme --certificate-profile short --renew-grace 30d --data ./data",
            "  muster enrollment change boards --tenant acme --tpm-allow keys.txt --data ./data",
            "  muster enrollment change boards --tenant acme --tpm-crl crls.pem --data ./data",
            "  muster enrollment change things --tenant acme --template new.json --data ./data",
            "  muster enrollment change seen --tenant acme --admission at_once --data ./data"
        })
final class EnrollmentChange implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    @Mixin
    private TpmOptions tpm = new TpmOptions();

    @Mixin
    private ProvisioningOptions provisioning = new ProvisioningOptions();

    @Mixin
    private TreatmentOptions treatment = new TreatmentOptions();

    @Mixin
    private CertificateTermsOptions terms = new CertificateTermsOptions();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    EnrollmentChange(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        certificates.proof().or(tpm::proof).ifPresent(proof -> body.set("proof", proof));
        treatment.into(body);
        provisioning.into(body);
        terms.into(body);
        if (body.isEmpty() || certificates.given() + tpm.kinds() > 1 || certificates.secondaryAlone()) {
            session.sheet().note("muster: Say what to change; of certificates and TPMs, one kind only.");
            session.sheet().note("  next: muster enrollment change --help shows examples.");
            return ExitCode.USAGE.number();
        }
        return session.ask(server, api -> seen.on(api).patch(target.path(), body), Views.ENROLLMENT::card);
    }
}
