/// The door of devices that speak EST (RFC 7030, as clarified by RFC 8951).
///
/// It translates: path, HTTP Basic, client certificate and PKCS#10 into an [io.muster.core.door.EnrollmentRequest], an
/// [io.muster.core.door.Outcome] into certificates in base64. Only the listener comes in. It must not know any other
/// door, nor decide anything: what it cannot parse it turns away through the same port.
@NullMarked
package io.muster.doors.est;

import org.jspecify.annotations.NullMarked;
