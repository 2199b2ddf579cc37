/// The ledger and the roster on PostgreSQL: the only module with SQL.
///
/// Come in through [io.muster.store.Store], which puts the rooms together: keyring, sealing and database below, the
/// lane on them, roster and ledger on top. Only the server's assembly comes in.
@NullMarked
package io.muster.store;

import org.jspecify.annotations.NullMarked;
