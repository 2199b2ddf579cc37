package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Evaluates expressions over the values of one device.
///
/// @param guard what a value of a parameter must be where it is put
record Evaluation(Values values, Mappings mappings, Guard guard) {

    /// A condition on the values of parameters.
    interface Guard {
        void check(JsonPlace place, String name, String value) throws FaultFound;
    }

    String text(Expression expression) throws FaultFound {
        return switch (expression) {
            case Expression.Literal literal -> literal.text();
            case Expression.Ref ref -> value(ref.place(), ref.name());
            case Expression.Join join -> joined(join);
            case Expression.Select select -> selected(select);
            case Expression.FindInMap find -> found(find);
            case Expression.Sub sub -> substituted(sub);
        };
    }

    List<String> texts(Expression.Listed listed) throws FaultFound {
        List<String> texts = new ArrayList<>();
        switch (listed) {
            case Expression.Listed.Items items -> {
                for (Expression item : items.items()) {
                    texts.add(text(item));
                }
            }
            case Expression.Listed.Split split -> texts.addAll(split(text(split.text()), split.delimiter()));
        }
        return texts;
    }

    private String value(JsonPlace place, String name) throws FaultFound {
        String value = values.byName().get(name);
        if (value == null) {
            throw new FaultFound(
                    place,
                    "The certificate has no " + name.substring(CertificateFacts.PREFIX.length()),
                    "Issue certificates whose subject has it, or declare it under Parameters with a Default");
        }
        guard.check(place, name, value);
        return value;
    }

    private String joined(Expression.Join join) throws FaultFound {
        StringBuilder text = new StringBuilder();
        String between = "";
        for (String next : texts(join.list())) {
            append(join.place(), text, between);
            append(join.place(), text, next);
            between = join.delimiter();
        }
        return text.toString();
    }

    private String selected(Expression.Select select) throws FaultFound {
        List<String> list = texts(select.list());
        String index = text(select.index());
        int at = Soundness.index(index);
        if (at < 0 || at >= list.size()) {
            throw new FaultFound(
                    select.place(),
                    "Fn::Select wants item " + Words.quoted(index) + " of a list of " + list.size(),
                    "Count from 0, and make sure that the list is long enough for every device");
        }
        return list.get(at);
    }

    /// The keys only choose among texts that stand in the template: they are not guarded.
    private String found(Expression.FindInMap find) throws FaultFound {
        Evaluation free = new Evaluation(values, mappings, (place, name, value) -> {});
        String key = free.text(find.key());
        String name = free.text(find.name());
        return mappings.find(find.map(), key, name)
                .orElseThrow(() -> new FaultFound(
                        find.place(),
                        "The map " + find.map() + " has no " + Words.quoted(name) + " under " + Words.quoted(key),
                        "Add it under Mappings, or let the device send a value that is there"));
    }

    /// Each own value is made once, however often it is put in: otherwise the work would multiply from depth to depth.
    private String substituted(Expression.Sub sub) throws FaultFound {
        Map<String, String> own = new HashMap<>();
        for (Map.Entry<String, Expression> entry : sub.own().entrySet()) {
            own.put(entry.getKey(), text(entry.getValue()));
        }
        StringBuilder text = new StringBuilder();
        for (SubText.Piece piece : sub.text().pieces()) {
            append(
                    sub.place(),
                    text,
                    switch (piece) {
                        case SubText.Piece.Plain plain -> plain.text();
                        case SubText.Piece.Place(String name) ->
                            own.containsKey(name) ? own.getOrDefault(name, "") : value(sub.place(), name);
                    });
        }
        return text.toString();
    }

    private static void append(JsonPlace place, StringBuilder text, String more) throws FaultFound {
        if (text.length() + more.length() > Expression.MAX_TEXT) {
            throw new FaultFound(
                    place,
                    "The text becomes longer than " + Expression.MAX_TEXT + " characters",
                    "Repeat less, or let the device send shorter values");
        }
        text.append(more);
    }

    private static List<String> split(String text, String delimiter) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
