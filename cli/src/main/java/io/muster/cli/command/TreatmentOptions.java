package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How an enrollment treats its devices. What is not given is not sent: the server knows what is usual, or what was.
final class TreatmentOptions {

    /// How devices are spread over hubs.
    enum Policy {
        HASHED,
        STATIC,
        CUSTOM
    }

    /// What a device that enrolls again gets.
    enum Reprovision {
        KEEP,
        MIGRATE,
        RESET
    }

    /// Whether a known device may come with another identity key.
    enum KeyChange {
        REFUSE,
        ALLOW
    }

    @Option(
            names = "--hub",
            paramLabel = "NAME",
            description = "A hub for its devices; may be repeated. Without it, every hub of the tenant.")
    private List<String> hubs = new ArrayList<>();

    @Option(
            names = "--allocation",
            paramLabel = "hashed|static|custom",
            description = "Spread devices over the hubs by weight, send all to the one hub, or ask the hook of --hook; "
                    + "hashed if absent.")
    private Optional<Policy> policy = Optional.empty();

    @Option(
            names = "--hook",
            paramLabel = "URL",
            description =
                    "Who says where a device goes, with --allocation custom: an https URL that hooks.allow lists.")
    private Optional<String> hook = Optional.empty();

    @Option(
            names = "--pre-provisioning-hook",
            paramLabel = "URL",
            description = "Who is asked before the template makes a device: an https URL that hooks.allow lists.")
    private Optional<String> provisioningHook = Optional.empty();

    @Option(
            names = "--reprovision",
            paramLabel = "keep|migrate|reset",
            description = "A device that enrolls again keeps its hub, moves with its data, or moves and starts anew; "
                    + "migrate if absent.")
    private Optional<Reprovision> reprovision = Optional.empty();

    @Option(
            names = "--key-change",
            paramLabel = "refuse|allow",
            description = "Whether a known device may come with another identity key; refuse if absent.")
    private Optional<KeyChange> keyChange = Optional.empty();

    @Option(
            names = "--device-id-template",
            paramLabel = "TEMPLATE",
            description = "How the outward device id is made, such as pump-{registrationId}.")
    private Optional<String> deviceIdTemplate = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "The device type given to its devices.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "A file with a JSON object that is handed to each device.")
    private Optional<JsonFile> payload = Optional.empty();

    @Option(
            names = "--searchable",
            paramLabel = "FACT",
            description = "A fact by which its devices are found, such as /serial or /site/id; may be repeated.")
    private List<String> searchable = new ArrayList<>();

    @Option(
            names = "--facts-schema",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "A file with a JSON Schema (2020-12) that what a device says of itself must fit.")
    private Optional<JsonFile> factsSchema = Optional.empty();

    @Option(
            names = "--set-facts",
            paramLabel = "JSON",
            converter = JsonFile.TextReader.class,
            description = "Facts that count whatever a device says, such as '{\"site\":\"north\"}'.")
    private Optional<JsonFile> setFacts = Optional.empty();

    /// Puts what was given into the body of a request.
    void into(ObjectNode body) {
        provisioningHook.ifPresent(url -> body.put("preProvisioningHook", url));
        if (!hubs.isEmpty() || policy.isPresent()) {
            allocation(body);
        }
        reprovision.ifPresent(choice -> body.put("reprovision", lower(choice)));
        keyChange.ifPresent(choice -> body.put("keyChange", lower(choice)));
        deviceIdTemplate.ifPresent(template -> body.put("deviceIdTemplate", template));
        type.ifPresent(name -> body.put("type", name));
        if (!searchable.isEmpty()) {
            searchable.forEach(body.putArray("searchable")::add);
        }
        payload.ifPresent(file -> body.set("payload", file.object()));
        factsSchema.ifPresent(file -> body.set("factsSchema", file.object()));
        setFacts.ifPresent(facts -> body.set("setFacts", facts.object()));
    }

    /// As [#into], and the allocation always: the server wants one for a new enrollment.
    void whole(ObjectNode body) {
        allocation(body);
        into(body);
    }

    private void allocation(ObjectNode body) {
        ObjectNode allocation = body.putObject("allocation");
        allocation.put("policy", lower(policy.orElse(Policy.HASHED)));
        hook.ifPresent(url -> allocation.put("hook", url));
        var names = allocation.putArray("hubs");
        hubs.forEach(names::add);
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
