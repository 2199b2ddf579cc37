package io.muster.server.telemetry;

import java.net.URI;

/// Where traces go.
///
/// @param endpoint takes OTLP by HTTP with protobuf, path included
/// @param ratio the part of all tries that is traced, 0 to 1
public record TraceSettings(URI endpoint, double ratio) {}
