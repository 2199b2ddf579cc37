package io.muster.core.flow;

import io.muster.core.device.Name;

/// Hears how sinks are fed. It is called on the relay's threads: it answers at once and throws nothing.
public interface RelayObserver {

    /// Hears nothing.
    RelayObserver NOBODY = new RelayObserver() {
        @Override
        public void delivered(Name sink, int events) {}

        @Override
        public void failed(Name sink) {}

        @Override
        public void turned(Name sink, Circuit state) {}
    };

    /// The sink holds so many more events durably.
    void delivered(Name sink, int events);

    /// A try to feed it failed.
    void failed(Name sink);

    /// The way to the sink is in this state now, as this node finds it.
    void turned(Name sink, Circuit state);

    /// The way to a sink.
    enum Circuit {
        /// It is fed.
        CLOSED,
        /// It failed several times in a row, and is left alone for a while.
        OPEN,
        /// It was left alone, and is tried with few events.
        HALF_OPEN
    }
}
