/// One device at an EST server (RFC 7030, RFC 8951): it asks for the CA certificates, for a first certificate, for the
/// next one; each on a new connection with a full TLS handshake, which it closes.
///
/// Every answer is verified before it counts: the certificate is for the device's key and bears its name.
///
/// In come an `Applicant` and an `EstTarget`; out comes exactly one `Certification`, always, within bounded time. It
/// knows devices and the channel; it must not know who counts, nor any other protocol.
@NullMarked
package io.muster.fleet.est;

import org.jspecify.annotations.NullMarked;
