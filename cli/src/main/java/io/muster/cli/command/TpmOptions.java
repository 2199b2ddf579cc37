package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/// TPMs by which devices prove themselves: those of a maker, or the one of one device.
final class TpmOptions {

    @Option(
            names = "--tpm-ca",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "A group: devices with a TPM whose endorsement certificate comes from a CA in this PEM file.")
    private Optional<TextFile> manufacturers = Optional.empty();

    @Option(
            names = "--tpm-allow",
            paramLabel = "FILE",
            converter = FingerprintFile.Reader.class,
            description =
                    "With --tpm-ca: only the endorsement keys in this file, one fingerprint a line (SHA-256 of the "
                            + "public key, hexadecimal); what follows it on the line is yours. A change without it "
                            + "leaves the list as it is; the word none takes it away.")
    private Optional<FingerprintFile> allowed = Optional.empty();

    @Option(
            names = "--tpm-crl",
            paramLabel = "FILE",
            converter = RevocationsFile.Reader.class,
            description = "With --tpm-ca: revocation lists of the CAs, one PEM file of 1 to 16. "
                    + "openssl crl -inform DER -in list.crl makes PEM of a list. A change without it leaves the lists as "
                    + "they are; the word none takes them away.")
    private Optional<RevocationsFile> revocations = Optional.empty();

    @Option(
            names = "--tpm-ek",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "One device: the TPM with the endorsement key in this PEM file. On the device, "
                    + "tpm2_readpublic -c EK -f pem -o ek.pem writes it.")
    private Optional<TextFile> endorsementKey = Optional.empty();

    /// How many kinds of proof were given.
    int given() {
        return (manufacturers.isPresent() ? 1 : 0) + (endorsementKey.isPresent() ? 1 : 0);
    }

    /// Of how many kinds of proof a part was given: a change may name one part alone.
    int kinds() {
        return (manufacturers.isPresent() || ofManufacturersAlone().isPresent() ? 1 : 0)
                + (endorsementKey.isPresent() ? 1 : 0);
    }

    /// What a new enrollment cannot have of these options.
    Optional<String> mistakeOfNew() {
        if (manufacturers.isEmpty() && ofManufacturersAlone().isPresent()) {
            return ofManufacturersAlone().map(option -> option + " goes with --tpm-ca.");
        }
        return allowed.filter(file -> file.fingerprints().isEmpty())
                .map(_ -> "--tpm-allow none takes a list away: leave it out of a new enrollment.");
    }

    /// The option that says more of the manufacturers.
    private Optional<String> ofManufacturersAlone() {
        return allowed.map(_ -> "--tpm-allow").or(() -> revocations.map(_ -> "--tpm-crl"));
    }

    boolean ofManufacturers() {
        return manufacturers.isPresent();
    }

    boolean pins() {
        return endorsementKey.isPresent();
    }

    /// The proof as the admin API has it; empty where no TPM was given.
    Optional<ObjectNode> proof() {
        ObjectNode tpm = JsonNodeFactory.instance.objectNode();
        manufacturers.ifPresent(file -> tpm.put("manufacturers", file.text()));
        allowed.ifPresent(file -> file.fingerprints().forEach(tpm.putArray("allowed")::add));
        revocations.ifPresent(file -> tpm.put("revocations", file.pem()));
        endorsementKey.ifPresent(file -> tpm.put("endorsementKey", file.text()));
        return kinds() == 0
                ? Optional.empty()
                : Optional.of(JsonNodeFactory.instance.objectNode().set("tpm", tpm));
    }
}
