/// What the house tells those who watch it: metrics, traces, and the log.
@NullMarked
package io.muster.server.telemetry;

import org.jspecify.annotations.NullMarked;
