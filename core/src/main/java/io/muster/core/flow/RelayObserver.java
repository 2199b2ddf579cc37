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
    };

    /// The sink holds so many more events durably.
    void delivered(Name sink, int events);

    /// A try to feed it failed.
    void failed(Name sink);
}
