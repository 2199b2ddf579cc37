package io.muster.desk.metrics;

/// What is measured, as Prometheus reads it (text format 0.0.4).
@FunctionalInterface
public interface Exposition {

    /// The content type that says so.
    String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// Everything as it is now. May ask the database.
    String text();
}
