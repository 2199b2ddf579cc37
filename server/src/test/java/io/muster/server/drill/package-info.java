/// What must not break when something does: processes, disks, clocks, nodes.
///
/// Drills run at a small size; at full size when the system property `muster.test.full` is `true`.
@NullMarked
package io.muster.server.drill;

import org.jspecify.annotations.NullMarked;
