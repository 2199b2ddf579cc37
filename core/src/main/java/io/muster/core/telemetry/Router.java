package io.muster.core.telemetry;

import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.telemetry.TelemetrySink.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends each message where the routes say, and answers when every sink has it. What belongs nowhere goes by the
/// standard route, so that nothing is lost; what must not be mixed in, or what a condition cannot judge, is put aside.
public final class Router implements Telemetry {

    /// The route of what no other route wants, and the name of its sink.
    public static final Name STANDARD = new Name("standard");

    /// The route of what is put aside.
    public static final Name QUARANTINE = new Name("quarantine");

    private static final String QUARANTINED = "the device was not enabled when it connected";

    private final List<Route> routes;
    private final TelemetrySink standard;
    private final TelemetrySink quarantine;
    private final TelemetryForm form;
    private final TelemetryObserver observer;
    private final Tails tails;

    /// @param routes     in the order in which they are asked
    /// @param standard   for what none of them wants
    /// @param quarantine for what is put aside; no route leads there
    public Router(
            List<Route> routes,
            TelemetrySink standard,
            TelemetrySink quarantine,
            TelemetryForm form,
            TelemetryObserver observer,
            Tails tails) {
        this.routes = List.copyOf(routes);
        this.standard = standard;
        this.quarantine = quarantine;
        this.form = form;
        this.observer = observer;
        this.tails = tails;
    }

    private sealed interface Way {
        record To(List<Name> routes, List<TelemetrySink> sinks) implements Way {}

        record Aside(String why) implements Way {}
    }

    @Override
    public void accept(Message message) {
        long began = System.nanoTime();
        Outgoing sent;
        try {
            sent = switch (way(message)) {
                case Way.To to -> deliver(message, to);
                case Way.Aside(String why) -> putAside(message, why);
            };
        } catch (TelemetryUnavailable e) {
            observer.refused();
            throw e;
        }
        observer.accepted(System.nanoTime() - began);
        tails.tell(sent);
    }

    private Way way(Message message) {
        if (message.from().state() != DeviceState.ENABLED) {
            return new Way.Aside(QUARANTINED);
        }
        List<Name> names = new ArrayList<>(2);
        List<TelemetrySink> sinks = new ArrayList<>(2);
        for (Route route : routes) {
            switch (route.when().about(message)) {
                case Judgment.Holds _ -> {
                    names.add(route.name());
                    route.to().stream().filter(sink -> !sinks.contains(sink)).forEach(sinks::add);
                }
                case Judgment.DoesNotHold _ -> {}
                case Judgment.CannotTell(String why) -> {
                    return new Way.Aside("route " + route.name() + " cannot tell: " + why);
                }
            }
        }
        return names.isEmpty() ? new Way.To(List.of(STANDARD), List.of(standard)) : new Way.To(names, sinks);
    }

    /// A sink that can never take it does not hold its device up for good: then it is put aside, too.
    private Outgoing deliver(Message message, Way.To way) {
        Outgoing outgoing = form.write(message, Optional.empty());
        Optional<String> refusal = deliver(outgoing, way.sinks());
        if (refusal.isPresent()) {
            return putAside(message, refusal.get());
        }
        way.routes().forEach(observer::routed);
        return outgoing;
    }

    private Outgoing putAside(Message message, String why) {
        Outgoing outgoing = form.write(message, Optional.of(why));
        Optional<String> refusal = deliver(outgoing, List.of(quarantine));
        if (refusal.isPresent()) {
            throw new TelemetryUnavailable("The quarantine cannot take a message: " + refusal.get() + ".");
        }
        observer.routed(QUARANTINE);
        return outgoing;
    }

    private Optional<String> deliver(Outgoing outgoing, List<TelemetrySink> sinks) {
        List<Delivery> begun = new ArrayList<>(sinks.size());
        for (TelemetrySink sink : sinks) {
            begun.add(sink.begin(outgoing));
        }
        Optional<String> refusal = Optional.empty();
        for (int i = 0; i < begun.size(); i++) {
            Optional<String> refused = begun.get(i).await();
            if (refused.isPresent()) {
                refusal = Optional.of("sink " + sinks.get(i).name() + ": " + refused.get());
            } else {
                observer.delivered(sinks.get(i).name(), outgoing.event().size());
            }
        }
        return refusal;
    }
}
