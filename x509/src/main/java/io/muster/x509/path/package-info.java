/// From a device's certificate up to an anchor that one enrollment trusts: every step and every constraint, by RFC 5280
/// section 6, in bounded work.
///
/// Attestors and the desk may come in, with certificates as bytes and a clock's reading. It knows codec and engine; it
/// knows no enrollment, no device and no revocation.
@NullMarked
package io.muster.x509.path;

import org.jspecify.annotations.NullMarked;
