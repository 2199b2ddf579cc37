package io.muster.doors.listener;

import io.muster.core.device.Bytes;

/// One request as it came through the wall: complete, bounded and well-formed, nothing in it believed.
///
/// @param method upper-case word of the request line, as sent
/// @param target path and query, decoded once
/// @param fields header fields
/// @param body   empty where there was none
/// @param peer   who is at the other end of the connection, as far as TLS tells
public record HttpExchange(String method, RequestTarget target, HttpFields fields, Bytes body, TlsPeer peer) {}
