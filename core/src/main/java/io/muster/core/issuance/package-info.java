/// What a device gets certified: whether it may have what its request asks for, by which profile, and the port to
/// whoever signs.
///
/// The pipeline comes in with a permit. It knows what stands above it; it must not know how a certificate is encoded,
/// nor what becomes of one that is signed.
@NullMarked
package io.muster.core.issuance;

import org.jspecify.annotations.NullMarked;
