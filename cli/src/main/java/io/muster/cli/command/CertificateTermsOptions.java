package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// On what terms devices of an enrollment get certificates. What is not given is not sent.
final class CertificateTermsOptions {

    /// @param span empty: as the server spreads it
    record RenewAfter(Optional<Span> span) {

        /// Reads a time span, or the word `auto`.
        static final class Reader implements ITypeConverter<RenewAfter> {
            @Override
            public RenewAfter convert(String value) {
                return new RenewAfter(
                        value.equals("auto") ? Optional.empty() : Optional.of(new Span.Reader().convert(value)));
            }
        }
    }

    @Option(
            names = "--certificate-profile",
            paramLabel = "NAME",
            description = "What the certificates of its devices are like (muster profile list); device if absent.")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--renew-after",
            paramLabel = "SPAN|auto",
            converter = RenewAfter.Reader.class,
            description =
                    "How long after its issue a certificate may be renewed, such as 300d; 0 at once; auto after half "
                            + "to two thirds of its life, spread over the devices. auto if absent.")
    private Optional<RenewAfter> renewAfter = Optional.empty();

    @Option(
            names = "--renew-grace",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How long after its end a certificate may still be renewed, with the same key; 0 if absent.")
    private Optional<Span> grace = Optional.empty();

    @Option(
            names = "--rekey",
            negatable = true,
            description = "Whether a renewal may bring a new key; it may if absent.")
    private Optional<Boolean> rekey = Optional.empty();

    @Option(
            names = "--allow-subject-change",
            negatable = true,
            description = "Whether a renewal may change the subject; it may not if absent.")
    private Optional<Boolean> subjectChange = Optional.empty();

    /// Puts what was given into the body of a request.
    void into(ObjectNode body) {
        ObjectNode terms = JsonNodeFactory.instance.objectNode();
        profile.ifPresent(name -> terms.put("profile", name));
        renewAfter.ifPresent(
                after -> terms.put("renewAfter", after.span().map(Span::iso).orElse(null)));
        grace.ifPresent(span -> terms.put("grace", span.iso()));
        rekey.ifPresent(may -> terms.put("rekey", may));
        subjectChange.ifPresent(may -> terms.put("subjectChange", may));
        if (!terms.isEmpty()) {
            body.set("certificates", terms);
        }
    }
}
