package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rotate",
        description = {
            "Give a key a new text, shown this once, or a service its new client certificate.",
            "What was before stays good for a while."
        },
        footer = {
            "",
            "Example:",
            "  muster key rotate 0123456789abcdef --tenant acme --overlap 1h --out new.key --data ./data"
        })
final class KeyRotate implements Callable<Integer> {

    @Mixin
    private KeyTarget target = new KeyTarget();

    @Option(
            names = "--overlap",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How long what was before stays good, such as 1h, at most 30d, or 0; 24h if absent.")
    private Optional<Span> overlap = Optional.empty();

    @Option(
            names = "--expires-after",
            paramLabel = "SPAN",
            description = "How long the new one is good, such as 30d, at most 365d, or never; 90d if absent.")
    private Optional<String> expiresAfter = Optional.empty();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            converter = TextFile.Reader.class,
            description = "The new client certificate of a service, in PEM.")
    private Optional<TextFile> certificate = Optional.empty();

    @Mixin
    private KeyShown shown = new KeyShown();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    KeyRotate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        overlap.ifPresent(span -> body.put("overlap", span.iso()));
        expiresAfter.ifPresent(span -> body.put("expiresAfter", KeyCreate.life(span)));
        certificate.ifPresent(file -> body.put("certificate", file.text()));
        return shown.ask(session, server, api -> seen.on(api).post(target.path() + "/rotate", body), target.typed());
    }
}
