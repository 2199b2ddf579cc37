package io.muster.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExceptionType;
import software.amazon.smithy.jmespath.RuntimeType;
import software.amazon.smithy.jmespath.evaluation.EvaluationUtils;
import software.amazon.smithy.jmespath.evaluation.JmespathRuntime;
import software.amazon.smithy.jmespath.evaluation.NumberType;

/// A JSON tree as the evaluator sees it. Whatever it looks at or builds is paid for from a budget.
final class JsonTree implements JmespathRuntime<JsonNode> {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Budget budget;

    JsonTree(Budget budget) {
        this.budget = budget;
    }

    @Override
    public RuntimeType typeOf(JsonNode value) {
        budget.spend(1);
        return switch (value.getNodeType()) {
            case ARRAY -> RuntimeType.ARRAY;
            case OBJECT, POJO -> RuntimeType.OBJECT;
            case STRING, BINARY -> RuntimeType.STRING;
            case NUMBER -> RuntimeType.NUMBER;
            case BOOLEAN -> RuntimeType.BOOLEAN;
            case NULL, MISSING -> RuntimeType.NULL;
        };
    }

    @Override
    public JsonNode createNull() {
        return NODES.nullNode();
    }

    @Override
    public JsonNode createBoolean(boolean value) {
        return NODES.booleanNode(value);
    }

    @Override
    public boolean asBoolean(JsonNode value) {
        return wanted(value, value.isBoolean()).booleanValue();
    }

    @Override
    public JsonNode createString(String text) {
        long weight = budget.weight(text);
        budget.spend(weight);
        budget.allow(weight);
        return NODES.textNode(text);
    }

    @Override
    public String asString(JsonNode value) {
        budget.spend(1);
        return wanted(value, value.isTextual()).textValue();
    }

    /// As JSON; the library would leave quotes inside of texts as they are.
    @Override
    public String toString(JsonNode value) {
        budget.spend(budget.weight(value));
        return value.toString();
    }

    /// Whole numbers of 64 bits and floating-point numbers, as the admin API has them: a literal of a thousand digits
    /// is rounded.
    @Override
    public JsonNode createNumber(Number value) {
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? NODES.numberNode(big.longValue()) : finite(big.doubleValue());
        }
        if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
            return finite(value.doubleValue());
        }
        return NODES.numberNode(value.longValue());
    }

    private static JsonNode finite(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }

    @Override
    public NumberType numberType(JsonNode value) {
        return EvaluationUtils.numberType(asNumber(value));
    }

    @Override
    public Number asNumber(JsonNode value) {
        JsonNode number = wanted(value, value.isNumber());
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            return number.longValue();
        }
        return number.doubleValue();
    }

    @Override
    public JsonNode element(JsonNode array, int index) {
        budget.spend(1);
        JsonNode element = wanted(array, array.isArray()).get(index);
        return element == null ? createNull() : element;
    }

    @Override
    public JsonNode value(JsonNode object, JsonNode key) {
        budget.spend(1);
        @Nullable JsonNode value = object.isObject() ? object.get(key.asText()) : null;
        return value == null ? createNull() : value;
    }

    @Override
    public int length(JsonNode value) {
        if (value.isTextual()) {
            return EvaluationUtils.codePointCount(value.textValue());
        }
        return wanted(value, value.isContainerNode()).size();
    }

    @Override
    public Iterable<JsonNode> asIterable(JsonNode value) {
        JsonNode container = wanted(value, value.isContainerNode());
        budget.spend(1 + container.size());
        return container.isArray() ? container : keys(container);
    }

    private static List<JsonNode> keys(JsonNode object) {
        List<JsonNode> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> keys.add(NODES.textNode(name)));
        return keys;
    }

    private static JsonNode wanted(JsonNode value, boolean fits) {
        if (!fits) {
            throw new JmespathException(JmespathExceptionType.INVALID_TYPE, "invalid-type");
        }
        return value;
    }

    @Override
    public ArrayBuilder<JsonNode> arrayBuilder() {
        return new ArrayBuilder<>() {
            private final ArrayNode array = NODES.arrayNode();
            private long weight = 1;

            @Override
            public void add(JsonNode value) {
                weight += budget.weight(value);
                budget.allow(weight);
                array.add(value);
            }

            @Override
            public void addAll(JsonNode collection) {
                asIterable(collection).forEach(this::add);
            }

            @Override
            public JsonNode build() {
                return budget.remember(array, weight);
            }
        };
    }

    @Override
    public ObjectBuilder<JsonNode> objectBuilder() {
        return new ObjectBuilder<>() {
            private final ObjectNode object = NODES.objectNode();
            private long weight = 1;

            @Override
            public void put(JsonNode key, JsonNode value) {
                weight += budget.weight(key) + budget.weight(value);
                budget.allow(weight);
                object.set(key.asText(), value);
            }

            @Override
            public void putAll(JsonNode other) {
                asIterable(other).forEach(key -> put(key, value(other, key)));
            }

            @Override
            public JsonNode build() {
                return budget.remember(object, weight);
            }
        };
    }
}
