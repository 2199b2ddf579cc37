package io.muster.core.device;

/// A place in a JSON text, for messages that say where something is wrong (JSON pointer, RFC 6901).
///
/// @param pointer empty for the whole text
public record JsonPlace(String pointer) {

    /// The whole text.
    public static final JsonPlace WHOLE = new JsonPlace("");

    /// The value of a member of the object that stands here.
    public JsonPlace member(String name) {
        return new JsonPlace(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /// An item of the list that stands here.
    public JsonPlace item(int index) {
        return new JsonPlace(pointer + "/" + index);
    }

    @Override
    public String toString() {
        return pointer;
    }
}
