package io.muster.core.device;

/// One JSON value as text, checked at the wall (strict, bounded, RFC 8259) and written compactly. The core carries it
/// and never looks inside.
///
/// @param text the value, without insignificant white space
public record Json(String text) {

    /// Whether the value is an object: the only form that every SDK takes back.
    public boolean isObject() {
        return text.startsWith("{");
    }
}
