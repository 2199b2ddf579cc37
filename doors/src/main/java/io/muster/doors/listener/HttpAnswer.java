package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One answer. The listener adds `Content-Length`, `Date`, `Server` and `Connection` by itself.
///
/// @param status HTTP status code
/// @param fields header fields, one value each
/// @param body   empty where there is none
public record HttpAnswer(int status, Map<String, String> fields, Bytes body) {

    public HttpAnswer {
        fields = Map.copyOf(fields);
    }

    /// An answer with a text, sent as UTF-8, of the given media type.
    public static HttpAnswer of(int status, String contentType, String text) {
        Bytes body = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        return new HttpAnswer(status, Map.of("Content-Type", contentType), body);
    }

    /// One readable sentence.
    public static HttpAnswer sentence(int status, String sentence) {
        return of(status, "text/plain; charset=utf-8", sentence + "\n");
    }

    /// 405: the path exists, the method does not (RFC 9110 section 15.5.6).
    public static HttpAnswer methodNotAllowed(String allowed) {
        return sentence(405, "This path takes " + allowed + " only.").with("Allow", allowed);
    }

    /// The same answer with one more field.
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new HttpAnswer(status, more, body);
    }
}
