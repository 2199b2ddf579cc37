package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.flow.Templates;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.template.Difference;
import io.muster.core.template.Impossible;
import io.muster.core.template.Instance;
import io.muster.core.template.Instantiation;
import io.muster.core.template.Template;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.EnrollmentOperations;
import io.muster.desk.roster.ProvisioningForm;
import io.muster.desk.roster.TenantOperations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Tries provisioning templates: what one makes of a device, and what another would make otherwise. Nothing comes of
/// either.
public final class TemplateOperations {

    private static final String TEMPLATE = "template";

    private final Templates templates;
    private final PoliciesInUse policies;
    private final ProvisioningForm form;
    private final EnrollmentOperations enrollments;
    private final TenantOperations tenants;

    public TemplateOperations(
            Templates templates,
            PoliciesInUse policies,
            ProvisioningForm form,
            EnrollmentOperations enrollments,
            TenantOperations tenants) {
        this.templates = templates;
        this.policies = policies;
        this.form = form;
        this.enrollments = enrollments;
        this.tenants = tenants;
    }

    public Reply test(Call call) {
        JsonNode body = call.body();
        boolean nothing = !body.has("enrollment") && !body.has(TEMPLATE);
        boolean kindTwice = body.has("enrollment") && body.has("kind");
        if (nothing || kindTwice) {
            return Reply.refused(Problem.invalid(
                    "",
                    "What to test is the template of an enrollment, or a template that is given, with its kind.",
                    "Give enrollment, or template and kind, or enrollment and template for another one of it."));
        }
        return tenants.with(
                call,
                tenant -> body.has("enrollment")
                        ? enrollments.with(tenant, body.path("enrollment").asText(), present -> template(present, body)
                                .reply(template -> with(
                                        present,
                                        template,
                                        it -> tested(tenant.name(), Optional.of(present), it, body))))
                        : form.read(kind(body), body.path(TEMPLATE))
                                .reply(it -> tested(tenant.name(), Optional.empty(), it, body)));
    }

    private static Template.Kind kind(JsonNode body) {
        return Template.Kind.valueOf(body.path("kind").asText("fleet").toUpperCase(Locale.ROOT));
    }

    private Form<Optional<ProvisioningTemplate>> template(Enrollment present, JsonNode body) {
        return form.read(present.treatment().template(), present.proof(), body);
    }

    /// Goes on with a template, or says that there is none.
    private static Reply with(
            Enrollment enrollment,
            Optional<ProvisioningTemplate> template,
            Function<ProvisioningTemplate, Reply> next) {
        return template.map(next)
                .orElseGet(() -> Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Enrollment \"" + enrollment.name() + "\" has no template: its devices prove themselves by "
                                + enrollment.proof().words() + ", and are made as they come.",
                        "Give it one: muster enrollment change " + enrollment.name() + " --template FILE")));
    }

    private Reply tested(Name tenant, Optional<Enrollment> enrollment, ProvisioningTemplate template, JsonNode body) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        enrollment.ifPresent(it -> json.set("enrollment", version(it)));
        return Reply.ok(json.set("outcome", outcome(tenant, rehearsed(tenant, template, body.path("sample")))));
    }

    private ObjectNode outcome(Name tenant, Instantiation made) {
        return switch (made) {
            case Instance it -> TemplateJson.makes(it, policies.named(tenant, it));
            case Impossible it -> TemplateJson.fails(it.fault());
        };
    }

    public Reply diff(Call call) {
        JsonNode body = call.body();
        return tenants.with(
                call,
                tenant -> enrollments.with(
                        tenant,
                        body.path("enrollment").asText(),
                        present -> with(present, present.treatment().template(), before -> template(present, body)
                                .reply(after -> diff(present, before, after.orElseThrow(), body.path("samples"))))));
    }

    private Reply diff(
            Enrollment enrollment, ProvisioningTemplate before, ProvisioningTemplate after, JsonNode samples) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("enrollment", version(enrollment));
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < samples.size(); i++) {
            compared(
                            i,
                            rehearsed(enrollment.tenant(), before, samples.get(i)),
                            rehearsed(enrollment.tenant(), after, samples.get(i)))
                    .ifPresent(items::add);
        }
        json.put(
                "summary",
                "The new template makes " + items.size() + " of " + samples.size()
                        + (samples.size() == 1 ? " sample" : " samples") + " otherwise.");
        json.put("same", samples.size() - items.size()).put("different", items.size());
        return Reply.ok(json.set("items", items));
    }

    /// Empty where both make the same, or fail alike.
    private static Optional<ObjectNode> compared(int sample, Instantiation before, Instantiation after) {
        List<Difference> differences = before instanceof Instance first && after instanceof Instance second
                ? Difference.between(first, second)
                : List.of();
        boolean bothMake = before instanceof Instance && after instanceof Instance;
        if (bothMake ? differences.isEmpty() : before.equals(after)) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("sample", sample);
        failing(json, "before", before);
        failing(json, "after", after);
        ArrayNode list = json.putArray("differences");
        differences.forEach(it -> list.add(TemplateJson.difference(it)));
        return Optional.of(json);
    }

    private static void failing(ObjectNode json, String member, Instantiation made) {
        switch (made) {
            case Impossible it -> json.set(member, TemplateJson.fault(it.fault()));
            case Instance _ -> {}
        }
    }

    private Instantiation rehearsed(Name tenant, ProvisioningTemplate template, JsonNode body) {
        TemplateSampleForm.Sample sample = TemplateSampleForm.read(body);
        return templates.rehearse(tenant, template, sample.parameters(), sample.certificate());
    }

    private static ObjectNode version(Enrollment enrollment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", enrollment.name().value())
                .put("version", enrollment.version());
    }
}
