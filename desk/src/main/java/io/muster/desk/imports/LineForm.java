package io.muster.desk.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import.Finding;
import io.muster.desk.exchange.Form;
import io.muster.desk.imports.reading.Item;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.EnrollmentForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
            case Form.Filled<Enrollment>(Enrollment enrollment) -> new Read(Optional.of(enrollment), item.findings());
            case Form.Faulty<Enrollment>(Problem problem) -> bad(item, finding(item.line(), problem));
        };
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
                    .ifPresent(id -> body.put("name", name(id).value()));
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

    /// The registration id itself where it can be a name; else a name that is made of it, with a part of its hash, so
    /// that two ids never lead to one name.
    static Name name(RegistrationId id) {
        return Name.parse(id.canonical()).orElseGet(() -> {
            String plain = id.canonical().replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+", "");
            String hash = HexFormat.of().formatHex(sha256(id.canonical())).substring(0, 16);
            return new Name(plain.isEmpty() ? hash : plain.substring(0, Math.min(46, plain.length())) + "-" + hash);
        });
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
