/// The store's promises as tests, on real PostgreSQL servers.
@NullMarked
package io.muster.store;

import org.jspecify.annotations.NullMarked;
