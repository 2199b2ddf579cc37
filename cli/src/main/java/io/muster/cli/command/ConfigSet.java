package io.muster.cli.command;

import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.Context;
import io.muster.cli.wire.Contexts;
import io.muster.cli.wire.Whereabouts;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = {
            "Name a server, or change what a name stands for: what is given changes, the rest stays. The first one named",
            "becomes the current one. The token itself is never kept here, only the name of its file."
        },
        footer = {
            "",
            "Examples:",
            "  muster config set plant --url https://muster.example.com:9443 --ca plant-ca.pem --token-file plant.token",
            "  muster config set plant --tenant acme"
        })
final class ConfigSet implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of A-Z, a-z, 0-9, dot, hyphen and underscore.")
    private String name = "";

    @Option(names = "--url", paramLabel = "URL", description = "Where its desk is, such as https://host:9443.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--ca", paramLabel = "FILE", description = "Its anchor in PEM: trust/server-ca.pem of the server.")
    private Optional<Path> anchor = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file that holds the token and nothing else.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "The tenant that commands are about where none is typed.")
    private Optional<String> tenant = Optional.empty();

    private final Session session;

    ConfigSet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!Context.mayBeCalled(name)) {
            return session.sheet()
                    .misused("A context cannot be called " + name + ".", "muster config set --help says how it can.")
                    .number();
        }
        return ConfigFile.with(session, this::set);
    }

    private ExitCode set(Contexts contexts) {
        Optional<Context> before = contexts.named(name);
        Optional<URI> address = url.flatMap(Whereabouts::address);
        if (url.isPresent() && address.isEmpty()) {
            return session.sheet()
                    .misused(
                            "The address of the server is not an https address.",
                            "Write it as https://host:9443: the token is sent over TLS only.");
        }
        Optional<URI> where = address.or(() -> before.map(Context::url));
        if (where.isEmpty()) {
            return session.sheet().misused("There is no context " + name + " yet.", "Add --url URL to make it.");
        }
        Context after = new Context(
                name,
                where.get(),
                anchor.map(ConfigSet::whole).or(() -> before.flatMap(Context::anchor)),
                tokenFile.map(ConfigSet::whole).or(() -> before.flatMap(Context::tokenFile)),
                tenant.or(() -> before.flatMap(Context::tenant)));
        return keep(contexts.with(after), after);
    }

    private ExitCode keep(Contexts contexts, Context after) {
        if (!ConfigFile.write(session, contexts)) {
            return ExitCode.USAGE;
        }
        List<String> lines = new ArrayList<>();
        lines.add("The context " + name + " is kept.");
        ConfigFile.CONTEXT.card(ConfigFile.json(contexts, after)).forEach(line -> lines.add("  " + line));
        if (after.tokenFile().isEmpty()) {
            lines.add("Next: muster config set " + name + " --token-file FILE");
        } else if (!contexts.current().equals(Optional.of(name))) {
            lines.add("Next: muster config use " + name + ", or add --context " + name + " to a command.");
        }
        session.sheet().lines(lines);
        return ExitCode.OK;
    }

    /// The next command may be typed in another folder.
    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
