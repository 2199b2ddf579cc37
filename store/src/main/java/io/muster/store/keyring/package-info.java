/// The keys of the installation, on disk and outside of the database.
///
/// A directory (0700) of files (0600): `master.key` opens all others; `index.keys` holds the slot key and the
/// peppers of the blind indexes; `tenant-<number>.keys` holds a tenant's own key and its bucket keys. Whoever has
/// the database but not this directory can name no device. The sealing room comes in; the database stays outside.
@NullMarked
package io.muster.store.keyring;

import org.jspecify.annotations.NullMarked;
