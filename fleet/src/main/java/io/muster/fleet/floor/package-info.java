/// The floor: the least that a server can do for a device that comes with a certificate on a new connection.
///
/// TCP, mutual TLS with the chain's signatures checked, an empty answer, close: no HTTP parser, no rule, no database.
/// Where devices ask for certificates, the request's signature is verified and a certificate signed in addition. What
/// Muster costs beyond it is Muster's own.
///
/// It runs as a process of its own and knows nothing but the TLS library and the makings of a certificate.
@NullMarked
package io.muster.fleet.floor;

import org.jspecify.annotations.NullMarked;
