/// Real servers for tests: the bundled PostgreSQL and, where Debian's package is installed, an older one beside it.
///
/// Every test may come in, of other modules too (as the test-jar of this module). It knows nothing of the store but
/// how to start the bundled server.
@NullMarked
package io.muster.store.testkit;

import org.jspecify.annotations.NullMarked;
