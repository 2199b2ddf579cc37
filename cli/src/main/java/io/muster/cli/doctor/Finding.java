package io.muster.cli.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What was seen of one thing.
///
/// @param check what was looked at
/// @param what  what was seen, and what follows from it
/// @param next  how to mend it; empty where there is nothing to mend
public record Finding(String check, Grade grade, String what, String next) {

    static Finding ok(String check, String what) {
        return new Finding(check, Grade.OK, what, "");
    }

    static Finding warn(String check, String what, String next) {
        return new Finding(check, Grade.WARN, what, next);
    }

    static Finding fail(String check, String what, String next) {
        return new Finding(check, Grade.FAIL, what, next);
    }

    /// In the words of the admin API's own checks.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", check)
                .put("status", grade.word())
                .put("detail", what);
        if (!next.isEmpty()) {
            json.put("remedy", next);
        }
        return json;
    }
}
