package io.muster.outlets.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Estimates from above what an expression can cost on the worst message: a step is one unit, and whoever looks at a
/// text or a list pays for its length. (What cel-go's estimator does; there is none for Java.)
final class Cost {

    /// What one expression may cost on a message: some 10 ms on the worst of all messages.
    static final long MOST = 1_000_000;

    /// Turns of all loops of an expression on one message; the run is cut off after that.
    static final int MOST_TURNS = 1_000;

    private static final double PER_CHARACTER = 0.1;
    private static final double PER_PATTERN_CHARACTER = 0.25;

    /// A number, a truth, a moment.
    private static final double SCALAR = 1;

    /// @param cost of finding the value
    /// @param size most characters or elements that the value can have, in all of its parts
    private record Estimate(double cost, double size) {}

    private final Map<String, Double> local = new HashMap<>();
    private final List<String> patterns = new ArrayList<>();

    private Cost() {}

    /// @param steps    infinite where there is no bound
    /// @param patterns of all calls of matches
    record Estimated(double steps, List<String> patterns) {}

    static Estimated of(CelExpr expression) {
        Cost cost = new Cost();
        return new Estimated(cost.estimate(expression).cost(), cost.patterns);
    }

    private Estimate estimate(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> new Estimate(0, length(expression.constant()));
            case IDENT -> new Estimate(1, size(expression.ident().name()));
            case SELECT -> {
                Estimate of = estimate(expression.select().operand());
                yield new Estimate(of.cost() + 1, of.size());
            }
            case CALL -> call(expression.call());
            case LIST -> all(expression.list().elements());
            case MAP ->
                all(expression.map().entries().stream()
                        .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
                        .toList());
            case COMPREHENSION -> comprehension(expression.comprehension());
            case STRUCT, NOT_SET -> new Estimate(Double.POSITIVE_INFINITY, 0);
        };
    }

    private static double length(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE -> constant.stringValue().length();
            case BYTES_VALUE -> constant.bytesValue().size();
            default -> SCALAR;
        };
    }

    private double size(String name) {
        Double bound = local.get(name);
        return bound != null
                ? bound
                : Variable.named(name).map(Variable::largest).orElse(1);
    }

    private Estimate all(List<CelExpr> parts) {
        double cost = parts.size();
        double size = parts.size();
        for (CelExpr part : parts) {
            Estimate each = estimate(part);
            cost += each.cost();
            size += each.size();
        }
        return new Estimate(cost, size);
    }

    private Estimate call(CelCall call) {
        List<CelExpr> parts = new ArrayList<>();
        call.target().ifPresent(parts::add);
        parts.addAll(call.args());
        double cost = 1;
        double sizes = 0;
        double least = Double.POSITIVE_INFINITY;
        for (CelExpr part : parts) {
            Estimate each = estimate(part);
            cost += each.cost();
            sizes += each.size();
            least = Math.min(least, each.size());
        }
        return switch (call.function()) {
            case "_&&_", "_||_", "!_", "-_", "@not_strictly_false" -> new Estimate(cost, SCALAR);
            case "_?_:_", "_[_]", "dyn" -> new Estimate(cost, sizes);
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "startsWith", "endsWith" ->
                new Estimate(cost + least * PER_CHARACTER, SCALAR);
            case "matches" -> new Estimate(cost + matching(parts, sizes), SCALAR);
            case "size" -> new Estimate(cost + sizes * PER_CHARACTER, SCALAR);
            case "contains" -> new Estimate(cost + (sizes - least) * PER_CHARACTER * Math.max(1, least / 8), SCALAR);
            default -> new Estimate(cost + sizes * PER_CHARACTER, sizes);
        };
    }

    /// A pattern that a device sent would be its own expression: it has to be written out.
    private double matching(List<CelExpr> parts, double sizes) {
        CelExpr pattern = parts.getLast();
        if (pattern.getKind() != Kind.CONSTANT) {
            return Double.POSITIVE_INFINITY;
        }
        patterns.add(pattern.constant().stringValue());
        double length = length(pattern.constant());
        return (sizes - length) * PER_CHARACTER * Math.max(1, length * PER_PATTERN_CHARACTER);
    }

    /// What is gathered in a loop is bounded by what it goes over.
    private Estimate comprehension(CelComprehension loop) {
        Estimate range = estimate(loop.iterRange());
        Estimate begin = estimate(loop.accuInit());
        double turns = Math.min(range.size(), MOST_TURNS);
        Map<String, Double> outside = new HashMap<>(local);
        local.put(loop.iterVar(), range.size());
        local.put(loop.iterVar2(), range.size());
        local.put(loop.accuVar(), SCALAR);
        Estimate condition = estimate(loop.loopCondition());
        Estimate step = estimate(loop.loopStep());
        double gathered = Math.max(begin.size(), turns * step.size());
        local.put(loop.accuVar(), gathered);
        Estimate result = estimate(loop.result());
        local.clear();
        local.putAll(outside);
        double cost = range.cost() + begin.cost() + turns * (condition.cost() + step.cost() + 1) + result.cost();
        return new Estimate(cost, result.size());
    }
}
