/// Whether the installation serves: what `/health/live` and `/health/ready` answer, and how it fares otherwise.
///
/// The desk's assembly may come in. It knows exchange; it must not know what the checks look at.
@NullMarked
package io.muster.desk.health;

import org.jspecify.annotations.NullMarked;
