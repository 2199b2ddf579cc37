package io.muster.desk.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Proof;
import io.muster.desk.exchange.Form;
import io.muster.desk.imports.reading.Item;
import io.muster.desk.imports.reading.OwnName;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.EnrollmentForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads an enrollment out of an item of a file. The same item always gives the same enrollment: nothing is made up
/// that another import of the file would make differently.
final class LineForm {

    private final EnrollmentForm form;

    LineForm(EnrollmentForm form) {
        this.form = form;
    }

    /// @param enrollment empty where a finding is bad
    record Read(Optional<Enrollment> enrollment, List<Finding> findings) {}

    Read read(Name tenant, Item item) {
        if (item.body().isEmpty()) {
            return new Read(Optional.empty(), item.findings());
        }
        ObjectNode body = completed(item.body().get());
        Optional<Finding> breach = Shape.breach(item.line(), body).or(() -> keyless(item.line(), body));
        if (breach.isPresent()) {
            return bad(item, breach.get());
        }
        return switch (form.first(tenant, body)) {
            case Form.Filled<Enrollment>(Enrollment enrollment) ->
                new Read(Optional.of(enrollment), withNames(item, enrollment));
            case Form.Faulty<Enrollment>(Problem problem) -> bad(item, finding(item.line(), problem));
        };
    }

    /// A certificate proves a device of its own name only; it may be pinned all the same, for a later one may.
    private static List<Finding> withNames(Item item, Enrollment enrollment) {
        if (!(enrollment.proof() instanceof Proof.Pinned pinned) || names(pinned.primary(), enrollment)) {
            return item.findings();
        }
        List<Finding> all = new ArrayList<>(item.findings());
        all.add(new Finding(
                false,
                item.line(),
                "/proof/x509Pinned/primary",
                "The certificate's common name is not the registration id: with it the device is refused as"
                        + " name_mismatch.",
                "Give the device a certificate of its name, by EST or of its maker's, and pin that: muster enrollment"
                        + " change NAME --x509-cert leaf.pem"));
        return all;
    }

    private static boolean names(Anchor anchor, Enrollment enrollment) {
        return Arrays.stream(anchor.subject().split("[,+]"))
                .map(String::strip)
                .filter(part -> part.regionMatches(true, 0, "CN=", 0, 3))
                .map(part -> part.substring(3))
                .anyMatch(name -> RegistrationId.parse(name).equals(enrollment.individual()));
    }

    private static Read bad(Item item, Finding finding) {
        List<Finding> all = new ArrayList<>(item.findings());
        all.add(finding);
        return new Read(Optional.empty(), all);
    }

    private static Finding finding(long line, Problem problem) {
        String at =
                problem.faults().isEmpty() ? "" : problem.faults().getFirst().at();
        return new Finding(true, line, at, problem.detail(), problem.remedy());
    }

    /// What a file need not say.
    private static ObjectNode completed(ObjectNode given) {
        ObjectNode body = given.deepCopy();
        if (!body.has("kind")) {
            body.put("kind", "individual");
        }
        if (!body.has("allocation")) {
            body.putObject("allocation").put("policy", "hashed").putArray("hubs");
        }
        if (!body.has("name") && body.path("registrationId").isTextual()) {
            RegistrationId.parse(body.path("registrationId").asText())
                    .ifPresent(id -> body.put("name", OwnName.of(id).value()));
        }
        if (body.path("proof").path("symmetricKey") instanceof ObjectNode keys
                && keys.has("primaryKey")
                && !keys.has("secondaryKey")) {
            keys.set("secondaryKey", keys.get("primaryKey"));
        }
        return body;
    }

    /// Keys that the desk made could be shown to nobody.
    private static Optional<Finding> keyless(long line, JsonNode body) {
        JsonNode keys = body.path("proof").path("symmetricKey");
        return keys.isObject() && !keys.has("primaryKey")
                ? Optional.of(new Finding(
                        true,
                        line,
                        "/proof/symmetricKey/primaryKey",
                        "The device has no key here, and an import makes none: nobody would see it.",
                        "Give each device its key (openssl rand -base64 32), or let devices of a group derive theirs:"
                                + " muster enrollment create --symmetric-key"))
                : Optional.empty();
    }
}
