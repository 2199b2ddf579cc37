/// Where messages go, and who watches them.
@org.jspecify.annotations.NullMarked
package io.muster.core.telemetry;
