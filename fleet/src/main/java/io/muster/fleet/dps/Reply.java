package io.muster.fleet.dps;

import io.netty.handler.codec.http.HttpHeaders;

/// One HTTP answer, before anything in it is believed.
///
/// @param status  HTTP status
/// @param headers its header fields
/// @param body    its body
public record Reply(int status, HttpHeaders headers, String body) {}
