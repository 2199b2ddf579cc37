package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A text in a template that may depend on parameters: a literal or one of the intrinsic functions.
public sealed interface Expression {

    /// Functions inside one another.
    int MAX_DEPTH = 16;

    /// The longest text that an expression may make, in characters: as long as a template. What is repeated in a
    /// repetition would grow without bound.
    int MAX_TEXT = Template.MAX_LENGTH;

    /// A string, number or boolean, as it is written.
    record Literal(String text) implements Expression {}

    /// `{"Ref": name}`
    record Ref(JsonPlace place, String name) implements Expression {}

    /// `{"Fn::Join": [delimiter, list]}`
    record Join(JsonPlace place, String delimiter, Listed list) implements Expression {}

    /// `{"Fn::Select": [index, list]}`
    record Select(JsonPlace place, Expression index, Listed list) implements Expression {}

    /// `{"Fn::FindInMap": [map, key, name]}`
    record FindInMap(JsonPlace place, String map, Expression key, Expression name) implements Expression {}

    /// `{"Fn::Sub": text}` or `{"Fn::Sub": [text, {name: value}]}`
    ///
    /// @param own names that stand for these values inside `text`, before any parameter of that name
    record Sub(JsonPlace place, SubText text, Map<String, Expression> own) implements Expression {
        public Sub {
            own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        }
    }

    /// A list of texts. It is no text: a function that wants one must say which of the list.
    sealed interface Listed {

        JsonPlace place();

        /// `[…]`
        record Items(JsonPlace place, List<Expression> items) implements Listed {
            public Items {
                items = List.copyOf(items);
            }
        }

        /// `{"Fn::Split": [delimiter, text]}`
        record Split(JsonPlace place, String delimiter, Expression text) implements Listed {}
    }
}
