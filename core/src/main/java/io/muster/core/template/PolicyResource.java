package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import java.util.List;

/// A resource of type `AWS::IoT::Policy`.
public sealed interface PolicyResource {

    /// A policy of the tenant's.
    record Named(Property name) implements PolicyResource {}

    /// A document that is written as a string.
    record Text(Property document) implements PolicyResource {}

    /// A document that is written as a JSON object, cut where an expression stands.
    record Document(JsonPlace place, List<Piece> pieces) implements PolicyResource {
        public Document {
            pieces = List.copyOf(pieces);
        }
    }

    /// A part of a document.
    sealed interface Piece {

        /// JSON as it is written.
        record Verbatim(String json) implements Piece {}

        /// Becomes a string.
        record Filled(Expression value) implements Piece {}

        /// Becomes a list of strings.
        record FilledList(Expression.Listed values) implements Piece {}
    }
}
