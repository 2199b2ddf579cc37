/// How an outlet asks a server of the operator's over HTTP: TLS always checked, no redirect followed, every answer
/// bounded in time and size, and no connection to an address that the operator did not mean.
///
/// Outlets that speak HTTP come in; they share nothing else but how events are written. It must not know what is
/// asked, nor why.
@NullMarked
package io.muster.outlets.http;

import org.jspecify.annotations.NullMarked;
