package io.muster.core.permission;

import io.muster.core.device.Json;
import java.util.List;

/// A policy document of version 2012-10-17, understood to its last word.
///
/// @param source as it was read
public record PolicyDocument(Json source, List<Statement> statements) {

    /// The version that knows variables: the only one.
    public static final String VERSION = "2012-10-17";

    /// The longest document, in characters other than white space.
    public static final int MAX_SIZE = 2_048;

    public PolicyDocument {
        statements = List.copyOf(statements);
    }
}
