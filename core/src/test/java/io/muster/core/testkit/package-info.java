/// What the tests of the core stand on: ports in memory, a clock that is set by hand, and samples.
///
/// Only tests come in.
@NullMarked
package io.muster.core.testkit;

import org.jspecify.annotations.NullMarked;
