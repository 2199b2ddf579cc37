/// The way to PostgreSQL: address, pool, migrations, the database's clock, and what its errors mean.
///
/// The rooms with SQL come in. It must not know what any table is for.
@NullMarked
package io.muster.store.database;

import org.jspecify.annotations.NullMarked;
