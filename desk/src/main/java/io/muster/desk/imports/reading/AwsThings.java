package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.roster.Import.Finding;
import io.muster.desk.imports.reading.JsonElements.Element;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `aws iot list-things`, `describe-certificate` and `list-thing-principals` print, one output after the other;
/// each thing becomes an individual that is pinned to its certificate. The file is read twice: first for who has
/// which certificate, then for the certificates, so that only those of things that are not complete are in memory.
final class AwsThings implements Items {

    /// Most things of one file.
    private static final int MOST_THINGS = 200_000;

    private static final Set<String> LISTS = Set.of("things", "certificates");

    /// A thing, and those of its certificates that have come by.
    private static final class Thing {

        private long line;
        private boolean listed;
        private @Nullable String type;
        private boolean attributes;
        private final List<String> certificates = new ArrayList<>(1);
        private final List<Certificate> come = new ArrayList<>(1);
        private int awaited;
    }

    private record Certificate(String pem, boolean active) {}

    private final Map<String, Thing> things = new LinkedHashMap<>();
    private final Map<String, List<String>> owners = new HashMap<>();
    private final Deque<Item> ready = new ArrayDeque<>();
    private final JsonElements second;
    private @Nullable Iterator<Map.Entry<String, Thing>> left;

    AwsThings(Supplier<InputStream> file) throws IOException {
        learn(new JsonElements(file.get(), LISTS));
        this.second = new JsonElements(file.get(), LISTS);
    }

    @Override
    public Optional<Item> next() throws IOException {
        while (ready.isEmpty()) {
            Optional<Element> element = second.next();
            if (element.isEmpty()) {
                return withoutCertificate();
            }
            take(element.get());
        }
        return Optional.of(ready.remove());
    }

    private void learn(JsonElements elements) throws IOException {
        Set<String> described = new HashSet<>();
        for (Optional<Element> next = elements.next(); next.isPresent(); next = elements.next()) {
            ObjectNode object = next.get().object();
            if (object.has("certificateDescription")) {
                described.add(id(object.path("certificateDescription")));
            } else if (object.path("principals").isArray()) {
                principals(object, next.get().line());
            } else if (object.path("thingName").isTextual()) {
                thing(object, next.get().line());
            }
        }
        things.forEach((name, thing) -> thing.certificates.stream()
                .filter(described::contains)
                .forEach(certificate -> {
                    thing.awaited++;
                    owners.computeIfAbsent(certificate, _ -> new ArrayList<>(1)).add(name);
                }));
    }

    private void thing(ObjectNode object, long line) {
        Thing thing = named(object.path("thingName").asText(), line);
        thing.line = line;
        thing.listed = true;
        thing.type = object.path("thingTypeName").textValue();
        thing.attributes = !object.path("attributes").isEmpty();
    }

    private void principals(ObjectNode object, long line) {
        if (!object.path("thingName").isTextual()) {
            ready.add(Item.bad(
                    line,
                    "/thingName",
                    "The output of list-thing-principals does not say of which thing it is.",
                    "Add the name: aws iot list-thing-principals --thing-name T | jq --arg t T '. + {thingName: $t}'"));
            return;
        }
        Thing thing = named(object.path("thingName").asText(), line);
        for (JsonNode principal : object.path("principals")) {
            String arn = principal.asText();
            int at = arn.indexOf(":cert/");
            if (at >= 0 && !thing.certificates.contains(arn.substring(at + 6))) {
                thing.certificates.add(arn.substring(at + 6));
            }
        }
    }

    private Thing named(String name, long line) {
        Thing thing = things.computeIfAbsent(name, _ -> new Thing());
        thing.line = thing.line == 0 ? line : thing.line;
        if (things.size() > MOST_THINGS) {
            throw new Unreadable(
                    line,
                    "The file holds more than " + MOST_THINGS + " things.",
                    "Split it, and import one part after the other; keep each thing's certificates with it.");
        }
        return thing;
    }

    private void take(Element element) {
        JsonNode description = element.object().path("certificateDescription");
        if (description.isMissingNode()) {
            return;
        }
        List<String> names = owners.getOrDefault(id(description), List.of());
        String status = description.path("status").asText();
        if (names.isEmpty()) {
            note(element.line(), "The certificate belongs to no thing of the file, and is not taken over.");
        } else if (names.size() > 1) {
            note(
                    element.line(),
                    "The certificate belongs to " + names.size() + " things; whichever of them comes first has it.");
        }
        boolean known = status.equals("ACTIVE") || status.equals("INACTIVE");
        if (!known && !names.isEmpty()) {
            note(element.line(), "The certificate is neither active nor inactive, and is not taken over.");
        }
        String pem = description.path("certificatePem").asText("");
        for (String name : names) {
            Thing thing = things.get(name);
            if (thing != null) {
                if (known) {
                    thing.come.add(new Certificate(pem, status.equals("ACTIVE")));
                }
                thing.awaited--;
                if (thing.awaited == 0) {
                    ready.add(item(name, thing));
                }
            }
        }
    }

    private void note(long line, String what) {
        ready.add(new Item(
                line,
                Optional.empty(),
                List.of(new Finding(
                        false, line, "/certificateDescription", what, "Look whether that is what you want."))));
    }

    private Item item(String name, Thing thing) {
        List<Finding> findings = new ArrayList<>();
        List<Certificate> active =
                thing.come.stream().filter(Certificate::active).toList();
        List<Certificate> pinned = active.isEmpty() ? thing.come : active;
        if (pinned.isEmpty()) {
            return lacking(thing, "None of the thing's certificates can be taken over.");
        }
        if (pinned.size() > 2) {
            findings.add(found(
                    thing,
                    "/principals",
                    "The thing has " + pinned.size() + " certificates; the first two are pinned."));
        }
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("kind", "individual").put("registrationId", name);
        ObjectNode proof = body.putObject("proof")
                .putObject("x509Pinned")
                .put("primary", pinned.getFirst().pem());
        if (pinned.size() > 1) {
            proof.put("secondary", pinned.get(1).pem());
        }
        body.put("enabled", !active.isEmpty());
        type(thing, body, findings);
        thing.come.clear();
        thing.awaited = -1;
        return new Item(thing.line, Optional.of(body), findings);
    }

    private static void type(Thing thing, ObjectNode body, List<Finding> findings) {
        String type = thing.type;
        if (type != null && type.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            body.put("type", type);
        } else if (type != null) {
            findings.add(found(thing, "/thingTypeName", "A thing type of such a name is not taken over."));
        }
        if (thing.attributes) {
            findings.add(found(thing, "/attributes", "Attributes of things are not taken over."));
        }
        if (!thing.listed) {
            findings.add(
                    found(thing, "/thingName", "The thing is not in what list-things printed; its type is not known."));
        }
    }

    /// Things whose certificate is not in the file come last.
    private Optional<Item> withoutCertificate() {
        Iterator<Map.Entry<String, Thing>> rest = left;
        if (rest == null) {
            rest = things.entrySet().iterator();
            left = rest;
        }
        while (rest.hasNext()) {
            Thing thing = rest.next().getValue();
            if (thing.awaited == 0 && thing.come.isEmpty()) {
                return Optional.of(lacking(
                        thing,
                        thing.certificates.isEmpty()
                                ? "The file does not say which certificate the thing has."
                                : "The thing's certificate is not in the file."));
            }
        }
        return Optional.empty();
    }

    private static Item lacking(Thing thing, String what) {
        thing.awaited = -1;
        return Item.bad(
                thing.line,
                "/thingName",
                what,
                "Add what aws iot list-thing-principals and aws iot describe-certificate print for it;"
                        + " docs/migrating.md has a loop for it.");
    }

    private static Finding found(Thing thing, String field, String what) {
        return new Finding(false, thing.line, field, what, "Set it where it is kept from now on, or do without it.");
    }

    private static String id(JsonNode description) {
        return description.path("certificateId").asText();
    }
}
