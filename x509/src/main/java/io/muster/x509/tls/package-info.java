/// Who Muster is to its devices: the certificate that its own TLS listeners show.
///
/// Either a small CA of Muster's own issues it and renews it, or the user brings it as files that are read again when
/// they change. Listeners come in, take the identity and ask to be told of the next one. It knows Bouncy Castle and
/// files; it knows no listener, no device and no enrollment.
@NullMarked
package io.muster.x509.tls;

import org.jspecify.annotations.NullMarked;
