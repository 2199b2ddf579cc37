/// What the house tells of itself to those who watch it: metrics for Prometheus, traces by OTLP, numbers in the log.
///
/// The assembly comes in, through [io.muster.server.telemetry.Telemetry], and gives each room its listener. It knows
/// core's, the store's and the listener's words for what they tell; it must not learn who a device is: no name, key,
/// address or fact of a device becomes a label or an attribute.
@NullMarked
package io.muster.server.telemetry;

import org.jspecify.annotations.NullMarked;
