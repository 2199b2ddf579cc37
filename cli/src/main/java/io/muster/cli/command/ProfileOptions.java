package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What certificates are like. What is not given is not sent: the server knows what is usual, or what was.
final class ProfileOptions {

    @Option(
            names = "--life",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "From issue to the end of validity, 5m to 3650d; 365d if absent.")
    private Optional<Span> life = Optional.empty();

    @Option(
            names = "--backdating",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How far before its issue a certificate begins to be valid, for devices without a clock, "
                    + "at most 30d; 24h if absent.")
    private Optional<Span> backdating = Optional.empty();

    @Option(
            names = "--algorithm",
            paramLabel = "p256|p384|rsa|ed25519",
            description = "A kind of key that is certified; may be repeated. All of them if absent.")
    private List<String> algorithms = new ArrayList<>();

    @Option(
            names = "--key-usage",
            paramLabel = "USAGE",
            description =
                    "digitalSignature, keyEncipherment or keyAgreement; may be repeated. digitalSignature if absent.")
    private List<String> keyUsages = new ArrayList<>();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "An extended key usage: clientAuth, serverAuth, or an OID in dotted form; may be repeated. "
                    + "clientAuth if absent.")
    private List<String> purposes = new ArrayList<>();

    @Option(
            names = "--subject",
            paramLabel = "identity|requested",
            description = "The registration id as common name and nothing else, or what the device asks for with that "
                    + "common name; identity if absent.")
    private Optional<String> subject = Optional.empty();

    @Option(
            names = "--alternative-name",
            paramLabel = "TEMPLATE",
            description = "A subject alternative name: dns:, uri: or email: and a text with {registrationId} and, if "
                    + "wanted, {tenant}; may be repeated. uri:urn:muster:{tenant}:{registrationId} if absent.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--no-alternative-names", description = "Certificates have no subject alternative name.")
    private boolean nameless;

    @Option(
            names = "--server-keys",
            negatable = true,
            description = "Whether the server makes the key for a device that asks for it; it does if absent.")
    private Optional<Boolean> serverKeys = Optional.empty();

    boolean contradict() {
        return nameless && !names.isEmpty();
    }

    /// Puts what was given into the body of a request.
    void into(ObjectNode body) {
        life.ifPresent(span -> body.put("life", span.iso()));
        backdating.ifPresent(span -> body.put("backdating", span.iso()));
        list(body, "algorithms", algorithms);
        list(body, "keyUsages", keyUsages);
        list(body, "purposes", purposes);
        subject.ifPresent(rule -> body.put("subject", rule));
        list(body, "alternativeNames", names);
        if (nameless) {
            body.putArray("alternativeNames");
        }
        serverKeys.ifPresent(makes -> body.put("serverKeys", makes));
    }

    private static void list(ObjectNode body, String field, List<String> given) {
        if (!given.isEmpty()) {
            var items = body.putArray(field);
            given.forEach(items::add);
        }
    }
}
