package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReader;
import io.muster.core.template.TemplateReading;
import io.muster.desk.exchange.Form;
import java.util.Optional;
import java.util.function.Function;

/// Reads the provisioning template of an enrollment: by a claim's proof it makes things of parameters, by an
/// authority's it makes them of certificates (AWS: fleet provisioning, just-in-time provisioning).
public final class ProvisioningForm {

    static final String AT = "/template";
    private static final String HOOK = "preProvisioningHook";

    private final TemplateReader templates;

    public ProvisioningForm(TemplateReader templates) {
        this.templates = templates;
    }

    /// What the body does not name stays. Policies that it names need not be there.
    public Form<Optional<ProvisioningTemplate>> read(
            Optional<ProvisioningTemplate> present, Proof proof, JsonNode body) {
        return read(present, proof, body, Form::of);
    }

    /// The same with a check on a template that is new.
    Form<Optional<ProvisioningTemplate>> read(
            Optional<ProvisioningTemplate> present,
            Proof proof,
            JsonNode body,
            Function<Template, Form<Template>> check) {
        return template(present, proof, body, check)
                .then(template -> asking(present.flatMap(ProvisioningTemplate::hook), template, body.path(HOOK)));
    }

    /// A hook is asked before a claim's device is made; what comes with a maker's certificate was made already.
    private static Form<Optional<ProvisioningTemplate>> asking(
            Optional<HookUrl> present, Optional<ProvisioningTemplate> template, JsonNode hook) {
        if (hook.isMissingNode() || hook.isNull()) {
            Optional<HookUrl> kept = hook.isNull() ? Optional.empty() : present;
            return Form.of(template.map(it -> it.asking(kept)));
        }
        return template.filter(it -> it.kind() == Template.Kind.FLEET)
                .map(it -> EnrollmentForm.hook("/" + HOOK, hook).map(url -> Optional.of(it.asking(Optional.of(url)))))
                .orElseGet(() -> Form.faulty(
                        "/" + HOOK,
                        "Only a template for devices with claims asks a hook before it makes one.",
                        "Leave it out, or use proof claims with a template."));
    }

    private Form<Optional<ProvisioningTemplate>> template(
            Optional<ProvisioningTemplate> present,
            Proof proof,
            JsonNode body,
            Function<Template, Form<Template>> check) {
        JsonNode template = body.path("template");
        if (template.isMissingNode()) {
            return present.isEmpty() && proof instanceof Proof.Claims
                    ? Form.faulty(
                            AT,
                            "An enrollment that takes claims makes its devices by a template.",
                            "Give the provisioning template, as a JSON object.")
                    : Form.of(present);
        }
        if (template.isNull()) {
            return proof instanceof Proof.Claims
                    ? Form.faulty(AT, "An enrollment that takes claims needs its template.", "Give another one.")
                    : Form.of(Optional.empty());
        }
        return kind(proof)
                .map(kind -> parsed(kind, template)
                        .then(check)
                        .map(ProvisioningTemplate::of)
                        .map(Optional::of))
                .orElseGet(() -> Form.faulty(
                        AT,
                        "Devices that prove themselves by " + proof.words() + " are made without a template.",
                        "Leave the template out, or use proof claims or x509."));
    }

    /// A template that is no enrollment's yet.
    public Form<ProvisioningTemplate> read(Template.Kind kind, JsonNode template) {
        return parsed(kind, template).map(ProvisioningTemplate::of);
    }

    private Form<Template> parsed(Template.Kind kind, JsonNode template) {
        return switch (templates.read(kind, template.toString())) {
            case TemplateReading.Read it -> Form.of(it.template());
            case TemplateReading.Unreadable it ->
                Form.faulty(
                        AT + it.fault().place(), it.fault().what(), it.fault().remedy());
        };
    }

    private static Optional<Template.Kind> kind(Proof proof) {
        return switch (proof) {
            case Proof.Claims _ -> Optional.of(Template.Kind.FLEET);
            case Proof.Authorities _ -> Optional.of(Template.Kind.JITP);
            case Proof.Pinned _,
                    Proof.SymmetricKeys _,
                    Proof.OneTimeTokens _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> Optional.empty();
        };
    }
}
