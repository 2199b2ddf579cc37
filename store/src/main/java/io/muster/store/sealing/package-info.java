/// What reaches the database passes here first: identity data becomes ciphertext, what must be found becomes a keyed
/// hash.
///
/// Each device has a key of its own, wrapped by a bucket key of its tenant. A ciphertext is bound to its table, its
/// primary key and the version of its form, so no row can stand in for another. The writer and the readers come in.
/// It must not know SQL.
@NullMarked
package io.muster.store.sealing;

import org.jspecify.annotations.NullMarked;
