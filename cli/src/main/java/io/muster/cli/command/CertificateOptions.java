package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Certificates by which devices prove themselves, in PEM files.
final class CertificateOptions {

    @Option(
            names = "--x509-ca",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "A group: devices whose certificate comes from a CA in this PEM file.")
    private Optional<TextFile> authorities = Optional.empty();

    @Option(
            names = "--anchor",
            paramLabel = "NAME",
            description = "A group: devices whose certificate comes from this verified anchor; may be repeated.")
    private List<String> anchors = new ArrayList<>();

    @Option(
            names = "--x509-cert",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "One device: the very certificate in this PEM file.")
    private Optional<TextFile> pinned = Optional.empty();

    @Option(
            names = "--x509-cert-secondary",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "One device: a second certificate that is accepted as well, for changing it.")
    private Optional<TextFile> secondary = Optional.empty();

    /// How many kinds of proof were given.
    int given() {
        return (authorities.isPresent() || !anchors.isEmpty() ? 1 : 0) + (pinned.isPresent() ? 1 : 0);
    }

    boolean secondaryAlone() {
        return secondary.isPresent() && pinned.isEmpty();
    }

    boolean pins() {
        return pinned.isPresent();
    }

    /// The proof as the admin API has it; empty where no certificate was given.
    Optional<ObjectNode> proof() {
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        authorities.ifPresent(file -> proof.withObjectProperty("x509").put("caCertificates", file.text()));
        if (!anchors.isEmpty()) {
            anchors.forEach(proof.withObjectProperty("x509").putArray("anchors")::add);
        }
        pinned.ifPresent(file -> {
            ObjectNode pins = proof.putObject("x509Pinned").put("primary", file.text());
            secondary.ifPresent(other -> pins.put("secondary", other.text()));
        });
        return proof.isEmpty() ? Optional.empty() : Optional.of(proof);
    }
}
