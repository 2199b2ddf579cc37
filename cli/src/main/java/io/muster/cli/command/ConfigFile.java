package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import io.muster.cli.wire.Context;
import io.muster.cli.wire.ContextFile;
import io.muster.cli.wire.Contexts;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// What the verbs of `config` have in common: the file, and how a context looks.
final class ConfigFile {

    static final Table CONTEXTS = new Table(
            new Column("CURRENT", context -> context.path("current").asBoolean() ? "*" : ""),
            Column.at("NAME", "/name"),
            Column.at("URL", "/url"),
            Column.at("TENANT", "/tenant"));

    static final Table CONTEXT = new Table(
            Column.at("name", "/name"),
            new Column("current", context -> context.path("current").asBoolean() ? "yes" : "no"),
            Column.at("url", "/url"),
            Column.at("ca", "/ca"),
            Column.at("token file", "/tokenFile"),
            Column.at("tenant", "/tenant"));

    private ConfigFile() {}

    /// Opens the user's file, and goes on with what it holds.
    static int with(Session session, Function<Contexts, ExitCode> next) {
        Optional<ContextFile> file = ContextFile.in(session.environment());
        if (file.isEmpty()) {
            return session.sheet()
                    .misused("Neither XDG_CONFIG_HOME nor HOME says where the contexts are kept.", "Set HOME.")
                    .number();
        }
        return switch (file.get().read()) {
            case ContextFile.Read.Held(Contexts contexts) ->
                next.apply(contexts).number();
            case ContextFile.Read.Broken(String what, String remedy) ->
                session.sheet().misused(what, remedy).number();
        };
    }

    /// Writes the file; false where it could not be, which is told.
    static boolean write(Session session, Contexts contexts) {
        ContextFile file = ContextFile.in(session.environment()).orElseThrow();
        try {
            file.write(contexts);
            return true;
        } catch (IOException e) {
            session.sheet()
                    .misused(file.path() + " cannot be written: " + e.getMessage(), "Mend the file system first.");
            return false;
        }
    }

    static ExitCode missing(Session session, String name) {
        session.sheet().note("muster: There is no context " + name + ".");
        session.sheet().note("  next: See muster config list; make it with muster config set " + name + " --url URL.");
        return ExitCode.NOT_FOUND;
    }

    static JsonNode json(Contexts contexts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        var items = root.putArray("items");
        contexts.byName().values().forEach(context -> items.add(json(contexts, context)));
        return root;
    }

    static JsonNode json(Contexts contexts, Context context) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", context.name())
                .put("current", contexts.current().equals(Optional.of(context.name())))
                .put("url", context.url().toString());
        context.anchor().ifPresent(path -> json.put("ca", path.toString()));
        context.tokenFile().ifPresent(path -> json.put("tokenFile", path.toString()));
        context.tenant().ifPresent(tenant -> json.put("tenant", tenant));
        return json;
    }
}
