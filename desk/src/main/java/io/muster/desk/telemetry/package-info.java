/// What devices say, shown to operators as it comes.
///
/// The desk's list of operations comes in. It must not know how messages came, nor where else they go.
@NullMarked
package io.muster.desk.telemetry;

import org.jspecify.annotations.NullMarked;
