/// Muster's own door, for devices without an SDK: HTTPS and JSON, every kind of credential, and challenges.
///
/// It translates a JSON body into an [io.muster.core.door.EnrollmentRequest] and an [io.muster.core.door.Outcome]
/// into JSON; `openapi.json`, which it serves, describes both. Only the listener comes in. It must not know any other
/// door, nor decide anything: what it cannot parse it turns away through the same port.
@NullMarked
package io.muster.doors.muster;

import org.jspecify.annotations.NullMarked;
