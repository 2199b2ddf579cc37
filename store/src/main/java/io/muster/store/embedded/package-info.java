/// The bundled PostgreSQL: unpacked, initialized, started, watched and stopped. Durable from the first byte on.
///
/// Come in through `EmbeddedPostgres.start`; what comes out is a JDBC address and a password. What stands in the way
/// is an `Obstacle`, which words itself with advice.
///
/// It must not know what the database is used for: no table, no tenant, no other room of the store.
@NullMarked
package io.muster.store.embedded;

import org.jspecify.annotations.NullMarked;
