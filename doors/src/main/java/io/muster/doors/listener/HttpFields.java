package io.muster.doors.listener;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The header fields of a request. Names are compared without case. Fields that must stand alone (such as
/// `Authorization`) do: a request that repeats one is refused at the wall.
public final class HttpFields {

    private final HttpHeaders fields;

    HttpFields(HttpHeaders fields) {
        this.fields = fields;
    }

    /// Fields from a plain map, one value each.
    public static HttpFields of(Map<String, String> fields) {
        HttpHeaders headers = new DefaultHttpHeaders();
        fields.forEach(headers::add);
        return new HttpFields(headers);
    }

    /// The first value of a field.
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// All values of a field, in the order sent.
    public List<String> all(String name) {
        return List.copyOf(fields.getAll(name));
    }

    /// Names only: values may be secrets.
    @Override
    public String toString() {
        return fields.names().toString();
    }
}
