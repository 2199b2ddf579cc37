/// The door without a lock: what is signed and meant for everybody, over plain HTTP as relying parties expect it.
///
/// Whoever checks a certificate of a device comes in, for revocation lists and authorities' certificates; their
/// signatures protect them, so TLS would add nothing but a ring (RFC 5280 section 8). It must not know any device, any
/// other door, nor serve anything that is not signed.
@NullMarked
package io.muster.doors.objects;

import org.jspecify.annotations.NullMarked;
