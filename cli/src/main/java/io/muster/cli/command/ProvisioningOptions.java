package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// What makes an enrollment's devices, and whether somebody looks at each first.
final class ProvisioningOptions {

    /// Whether a new device may come in at once.
    enum Admission {
        AT_ONCE,
        APPROVAL
    }

    /// A template, or that there shall be none.
    record Given(JsonNode json) {

        /// Reads the file, or takes the word.
        static final class Reader implements ITypeConverter<Given> {
            @Override
            public Given convert(String value) {
                return new Given(
                        value.equals("none")
                                ? NullNode.getInstance()
                                : new JsonFile.Reader().convert(value).object());
            }
        }
    }

    @Option(
            names = "--template",
            paramLabel = "FILE|none",
            converter = Given.Reader.class,
            description =
                    "A provisioning template of AWS IoT, in JSON, that makes its devices: without another proof of "
                            + "what devices with a claim send, with --x509-ca of their certificates (just in time); none takes "
                            + "it away.")
    private Optional<Given> template = Optional.empty();

    @Option(
            names = "--admission",
            paramLabel = "at_once|approval",
            description =
                    "Whether a new device may come in at once, or is held until muster device release; at_once if "
                            + "absent.")
    private Optional<Admission> admission = Optional.empty();

    /// Whether there is a template.
    boolean template() {
        return template.filter(it -> !it.json().isNull()).isPresent();
    }

    /// Puts what was given into the body of a request.
    void into(ObjectNode body) {
        template.ifPresent(it -> body.set("template", it.json()));
        admission.ifPresent(it -> body.put("admission", it.name().toLowerCase(Locale.ROOT)));
    }
}
