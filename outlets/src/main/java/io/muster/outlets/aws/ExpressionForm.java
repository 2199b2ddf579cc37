package io.muster.outlets.aws;

import io.muster.core.device.JsonPlace;
import io.muster.core.template.Expression;
import io.muster.core.template.SubText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the intrinsic functions are written.
final class ExpressionForm {

    private ExpressionForm() {}

    /// A property that is a text.
    static Expression text(Node node) throws Unfit {
        return switch (node) {
            case Node.Text(JsonPlace _, String value) -> new Expression.Literal(value);
            case Node.Scalar(JsonPlace _, String spelled) -> new Expression.Literal(spelled);
            case Node.Nothing(JsonPlace place) ->
                throw new Unfit(place, "null is no value", "Write a text, or nothing");
            case Node.Items(JsonPlace place, List<Node> _) ->
                throw new Unfit(place, "A list stands where one text is wanted", "Choose one of it with Fn::Select");
            case Node.Members members -> function(members);
        };
    }

    /// A property that is a list of texts.
    static Expression.Listed list(Node node) throws Unfit {
        return switch (node) {
            case Node.Items(JsonPlace place, List<Node> items) -> new Expression.Listed.Items(place, texts(items));
            case Node.Members members when isFunction(members) -> split(members);
            case Node.Text _, Node.Scalar _, Node.Nothing _, Node.Members _ ->
                throw new Unfit(node.place(), "This is not a list", "Write […], or make a list with Fn::Split");
        };
    }

    /// Whether an object calls a function, well or not.
    static boolean isFunction(Node.Members node) {
        return node.members().keySet().stream().anyMatch(name -> name.equals("Ref") || name.startsWith("Fn::"));
    }

    /// Whether an object calls the function that makes a list.
    static boolean isSplit(Node.Members node) {
        return node.members().containsKey("Fn::Split");
    }

    private static Expression function(Node.Members node) throws Unfit {
        Map.Entry<String, Node> call = call(node);
        Node argument = call.getValue();
        return switch (call.getKey()) {
            case "Ref" -> new Expression.Ref(node.place(), argument.text());
            case "Fn::Join" -> join(node.place(), argument);
            case "Fn::Select" -> select(node.place(), argument);
            case "Fn::FindInMap" -> findInMap(node.place(), argument);
            case "Fn::Sub" -> sub(node.place(), argument);
            case "Fn::Split" ->
                throw new Unfit(
                        node.place(), "Fn::Split makes a list where one text is wanted", "Put it into Fn::Select");
            default ->
                throw new Unfit(
                        argument.place(),
                        "There is no such function",
                        "Use Ref, Fn::Join, Fn::Select, Fn::FindInMap, Fn::Split or Fn::Sub");
        };
    }

    private static Map.Entry<String, Node> call(Node.Members node) throws Unfit {
        if (!isFunction(node)) {
            throw new Unfit(
                    node.place(), "An object stands where one text is wanted", "Write a text, or call a function");
        }
        if (node.members().size() != 1) {
            throw new Unfit(node.place(), "A function has members beside it", "Let the function stand alone in its {}");
        }
        return node.members().entrySet().iterator().next();
    }

    private static Expression join(JsonPlace place, Node argument) throws Unfit {
        List<Node> arguments = arguments(argument, 2, "[delimiter, [values]]");
        return new Expression.Join(place, arguments.get(0).text(), list(arguments.get(1)));
    }

    private static Expression select(JsonPlace place, Node argument) throws Unfit {
        List<Node> arguments = arguments(argument, 2, "[index, list]");
        return new Expression.Select(place, text(arguments.get(0)), list(arguments.get(1)));
    }

    private static Expression findInMap(JsonPlace place, Node argument) throws Unfit {
        List<Node> arguments = arguments(argument, 3, "[map, key, name]");
        return new Expression.FindInMap(place, arguments.get(0).text(), text(arguments.get(1)), text(arguments.get(2)));
    }

    private static Expression.Listed split(Node.Members node) throws Unfit {
        Map.Entry<String, Node> call = call(node);
        if (!call.getKey().equals("Fn::Split")) {
            throw new Unfit(node.place(), "This function makes no list", "Write […], or use Fn::Split");
        }
        List<Node> arguments = arguments(call.getValue(), 2, "[delimiter, text]");
        return new Expression.Listed.Split(node.place(), arguments.get(0).text(), text(arguments.get(1)));
    }

    private static Expression sub(JsonPlace place, Node argument) throws Unfit {
        if (argument instanceof Node.Text text) {
            return new Expression.Sub(place, subText(text), Map.of());
        }
        List<Node> arguments = arguments(argument, 2, "a text, or [text, {name: value}]");
        Map<String, Expression> own = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : arguments.get(1).object().members().entrySet()) {
            own.put(entry.getKey(), text(entry.getValue()));
        }
        return new Expression.Sub(place, subText(arguments.get(0)), own);
    }

    private static SubText subText(Node node) throws Unfit {
        return SubText.parse(node.text())
                .orElseThrow(() -> new Unfit(
                        node.place(), "Fn::Sub has a place that does not end", "See to it that " + SubText.RULE));
    }

    private static List<Node> arguments(Node argument, int count, String shape) throws Unfit {
        if (argument instanceof Node.Items(JsonPlace _, List<Node> items) && items.size() == count) {
            return items;
        }
        throw new Unfit(argument.place(), "The function takes other arguments", "Write " + shape);
    }

    private static List<Expression> texts(List<Node> nodes) throws Unfit {
        List<Expression> texts = new ArrayList<>();
        for (Node node : nodes) {
            texts.add(text(node));
        }
        return texts;
    }
}
