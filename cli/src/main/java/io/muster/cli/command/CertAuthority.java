package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "authority",
        description = {
            "Show the authority that issues the certificates of a tenant's devices, in PEM: the issuing CA, then its root.",
            "Hand both to whoever relies on these certificates. The authority is made when it is first asked for."
        },
        footer = {
            "",
            "Examples:",
            "  muster cert authority --tenant acme --data ./data",
            "  muster cert authority --tenant acme --out acme-devices-ca.pem --data ./data"
        })
final class CertAuthority implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "FILE", description = "Write them to this file, over what it holds.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    CertAuthority(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Answer answer = session.answer(server, api -> api.get(tenant.path() + "/authority", Map.of()));
        if (answer instanceof Answer.Good(JsonNode authority)) {
            return show(authority).number();
        }
        return session.sheet().problem(answer, server.format()).number();
    }

    private ExitCode show(JsonNode authority) {
        String pem = authority.at("/issuing/pem").asText()
                + authority.at("/root/pem").asText();
        if (out.isPresent()) {
            return write(out.get(), pem, authority);
        }
        return session.show(server.shown(), authority, _ -> pem.lines().toList());
    }

    private ExitCode write(Path file, String pem, JsonNode authority) {
        try {
            Files.writeString(file, pem);
        } catch (NoSuchFileException _) {
            return unwritten("There is no folder for " + file + ".");
        } catch (IOException e) {
            return unwritten(file + " cannot be written: " + e.getMessage());
        }
        session.sheet()
                .lines(List.of(
                        file + " holds " + authority.at("/issuing/subject").asText() + " until "
                                + authority.at("/issuing/notAfter").asText() + ",",
                        "and its root " + authority.at("/root/subject").asText() + " until "
                                + authority.at("/root/notAfter").asText() + "."));
        return ExitCode.OK;
    }

    private ExitCode unwritten(String why) {
        session.sheet().note("muster: " + why);
        session.sheet().note("  next: Name a file in a folder that is there and that you may write.");
        return ExitCode.USAGE;
    }
}
