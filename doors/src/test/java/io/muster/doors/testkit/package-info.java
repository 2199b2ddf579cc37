/// What the tests of every door share: a small PKI, raw connections, a reception that does as it is told.
@NullMarked
package io.muster.doors.testkit;

import org.jspecify.annotations.NullMarked;
