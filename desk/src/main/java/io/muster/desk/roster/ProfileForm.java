package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.core.roster.NameTemplate;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.IsoDuration;
import io.muster.desk.exchange.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads a certificate profile out of a request, a change into its next version, and shows one.
final class ProfileForm {

    private static final String CLIENT = "clientAuth";
    private static final String SERVER = "serverAuth";

    /// RFC 5280 section 4.2.1.12.
    private static final String ANY = "2.5.29.37.0";

    private ProfileForm() {}

    /// Version 1: what the body does not name is as in the standard profile.
    static Form<CertificateProfile> first(Name tenant, JsonNode body) {
        return version(
                CertificateProfile.standard(tenant), new Name(body.path("name").asText()), 1, body);
    }

    /// The version after `present`: what the body does not name stays.
    static Form<CertificateProfile> next(CertificateProfile present, JsonNode body) {
        return version(present, present.name(), present.version() + 1, body);
    }

    private static Form<CertificateProfile> version(CertificateProfile present, Name name, int version, JsonNode body) {
        Form<Duration> life =
                span(body, "life", present.life(), CertificateProfile.MIN_LIFE, CertificateProfile.MAX_LIFE);
        Form<Duration> backdating =
                span(body, "backdating", present.backdating(), Duration.ZERO, CertificateProfile.MAX_BACKDATING);
        Form<Set<String>> purposes = purposes(present, body);
        return life.then(lives -> backdating.then(backdated -> purposes.then(granted -> names(present, body)
                .map(names -> new CertificateProfile(
                        present.tenant(),
                        name,
                        version,
                        lives,
                        backdated,
                        choices(body, "algorithms", KeyAlgorithm.class, present.algorithms()),
                        choices(body, "keyUsages", KeyUsage.class, present.keyUsages()),
                        granted,
                        body.has("subject")
                                ? Spelling.read(
                                        SubjectRule.class, body.path("subject").asText())
                                : present.subject(),
                        names,
                        body.path("serverKeys").asBoolean(present.serverKeys()))))));
    }

    static ObjectNode show(CertificateProfile profile) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", profile.name().value())
                .put("tenant", profile.tenant().value())
                .put("version", profile.version())
                .put("life", IsoDuration.show(profile.life()))
                .put("backdating", IsoDuration.show(profile.backdating()));
        list(json, "algorithms", profile.algorithms().stream().sorted().map(Spelling::of));
        list(json, "keyUsages", profile.keyUsages().stream().sorted().map(Spelling::of));
        list(
                json,
                "purposes",
                profile.purposes().stream().map(ProfileForm::word).sorted());
        json.put("subject", Spelling.of(profile.subject()));
        list(json, "alternativeNames", profile.alternativeNames().stream().map(NameTemplate::toString));
        return json.put("serverKeys", profile.serverKeys());
    }

    private static Form<Duration> span(JsonNode body, String field, Duration present, Duration least, Duration most) {
        return body.has(field)
                ? IsoDuration.read(body.path(field).asText(), "/" + field, least, most)
                : Form.of(present);
    }

    private static <E extends Enum<E>> Set<E> choices(JsonNode body, String field, Class<E> all, Set<E> present) {
        return body.has(field)
                ? texts(body.path(field)).map(text -> Spelling.read(all, text)).collect(Collectors.toSet())
                : present;
    }

    /// A certificate for any purpose would be one for the purposes that the profile leaves out.
    private static Form<Set<String>> purposes(CertificateProfile present, JsonNode body) {
        Set<String> purposes = body.has("purposes")
                ? texts(body.path("purposes")).map(ProfileForm::oid).collect(Collectors.toSet())
                : present.purposes();
        return purposes.contains(ANY)
                ? Form.faulty(
                        "/purposes",
                        "The purpose " + ANY + " (anyExtendedKeyUsage) grants every purpose.",
                        "Name the purposes that the devices need, such as clientAuth.")
                : Form.of(purposes);
    }

    private static Form<List<NameTemplate>> names(CertificateProfile present, JsonNode body) {
        if (!body.has("alternativeNames")) {
            return Form.of(present.alternativeNames());
        }
        List<NameTemplate> names = new ArrayList<>();
        List<String> written = texts(body.path("alternativeNames")).toList();
        written.stream().map(NameTemplate::parse).forEach(parsed -> parsed.ifPresent(names::add));
        return names.size() == written.size() ? Form.of(List.copyOf(names)) : unreadable(written);
    }

    private static Form<List<NameTemplate>> unreadable(Collection<String> written) {
        int at = (int) written.stream()
                .takeWhile(text -> NameTemplate.parse(text).isPresent())
                .count();
        return Form.faulty(
                "/alternativeNames/" + at,
                "An alternative name is not made as one.",
                "Write " + NameTemplate.RULE + ", such as uri:urn:muster:{tenant}:{registrationId}.");
    }

    private static String oid(String purpose) {
        return switch (purpose) {
            case CLIENT -> CertificateProfile.CLIENT_AUTHENTICATION;
            case SERVER -> CertificateProfile.SERVER_AUTHENTICATION;
            default -> purpose;
        };
    }

    private static String word(String oid) {
        return switch (oid) {
            case CertificateProfile.CLIENT_AUTHENTICATION -> CLIENT;
            case CertificateProfile.SERVER_AUTHENTICATION -> SERVER;
            default -> oid;
        };
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static void list(ObjectNode json, String field, Stream<String> texts) {
        ArrayNode list = json.putArray(field);
        texts.forEach(list::add);
    }
}
