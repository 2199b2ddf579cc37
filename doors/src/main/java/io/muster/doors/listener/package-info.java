/// The wall to the network: TLS (or, on a port for signed files, none), then HTTP/1.1; a request comes out as a
/// record, an answer goes back as one.
///
/// Every door may come in, to take an [io.muster.doors.listener.HttpExchange] and hand back an
/// [io.muster.doors.listener.HttpAnswer]. It must not know any door, any protocol above HTTP, nor who may enroll: a
/// presented certificate chain is bounded and passed on, never judged. Netty stays inside.
@NullMarked
package io.muster.doors.listener;

import org.jspecify.annotations.NullMarked;
