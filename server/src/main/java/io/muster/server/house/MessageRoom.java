package io.muster.server.house;

import io.muster.core.telemetry.Route;
import io.muster.core.telemetry.RouteCondition;
import io.muster.core.telemetry.Router;
import io.muster.core.telemetry.Tails;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryObserver;
import io.muster.core.telemetry.TelemetrySink;
import io.muster.outlets.cel.CelConditions;
import io.muster.outlets.cel.Compiled;
import io.muster.outlets.event.TelemetryJson;
import io.muster.outlets.file.TelemetryFile;
import io.muster.server.settings.RouteSettings;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import java.time.InstantSource;
import java.util.List;

/// Where the messages of connected devices go. It closes after the doors: whoever says something until then is heard.
final class MessageRoom implements AutoCloseable {

    private final MessageSinks sinks;
    private final Tails tails = new Tails();
    private final Router router;

    private MessageRoom(Settings settings, MessageSinks sinks, TelemetryObserver observer) {
        Settings.Messages messages = settings.messages();
        CelConditions conditions = new CelConditions();
        List<Route> routes = messages.routes().stream()
                .map(route -> new Route(
                        route.name(),
                        condition(route, conditions),
                        route.to().stream().map(sinks::named).toList()))
                .toList();
        TelemetrySink aside = messages.quarantine()
                .map(sinks::named)
                .orElseGet(() -> sinks.folder(Router.QUARANTINE, messages.folder(), TelemetryFile.ASIDE));
        this.sinks = sinks;
        this.router = new Router(routes, sinks.named(Router.STANDARD), aside, new TelemetryJson(), observer, tails);
    }

    static MessageRoom open(Settings settings, TelemetryObserver observer, InstantSource clock) {
        MessageSinks sinks = new MessageSinks(settings, clock);
        try {
            return new MessageRoom(settings, sinks, observer);
        } catch (RuntimeException e) {
            sinks.close();
            throw e;
        }
    }

    private static RouteCondition condition(RouteSettings route, CelConditions conditions) {
        return switch (conditions.compile(route.when())) {
            case Compiled.Usable(RouteCondition condition) -> condition;
            case Compiled.Faulty(String why) ->
                throw new SettingsException(route.place() + " cannot be used: " + why + "\nCorrect it, and start again;"
                        + " docs/telemetry.md says what can be asked of a message.");
        };
    }

    Telemetry telemetry() {
        return router;
    }

    /// Who watches messages as they come.
    Tails tails() {
        return tails;
    }

    @Override
    public void close() {
        sinks.close();
    }
}
