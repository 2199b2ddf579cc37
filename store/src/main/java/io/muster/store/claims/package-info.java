/// Claim credentials in the database, and what they may still create.
///
/// The store's assembly comes in. It must not know how a certificate that a claim created becomes a device's.
@NullMarked
package io.muster.store.claims;

import org.jspecify.annotations.NullMarked;
