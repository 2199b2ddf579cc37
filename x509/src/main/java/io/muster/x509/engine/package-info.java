/// Who computes signatures, and how they are checked: Conscrypt where it loads, else Bouncy Castle, else the JDK.
///
/// Everybody in this module may come in. It knows keys and signatures as values; it knows no chain and no trust, and
/// it never touches the JVM's list of security providers.
@NullMarked
package io.muster.x509.engine;

import org.jspecify.annotations.NullMarked;
