package io.muster.outlets.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.muster.core.telemetry.Judgment;
import io.muster.core.telemetry.Message;

/// Reads expressions: what is taken compiles, is a truth, and cannot take long whatever a message says.
public final class CelConditions {

    /// Characters of an expression.
    static final int LONGEST = 4_096;

    private static final int LONGEST_REASON = 300;

    /// Instructions of a pattern.
    private static final int LARGEST_PATTERN = 500;

    private static final CelOptions BOUNDS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(48)
            .maxParseExpressionNodeCount(1_000)
            .comprehensionMaxIterations(Cost.MOST_TURNS)
            .maxRegexProgramSize(LARGEST_PATTERN)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final CelCompiler compiler = compiler();
    private final CelRuntime runtime =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(BOUNDS).build();
    private final JsonTree json = new JsonTree();

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        for (Variable variable : Variable.values()) {
            builder.addVar(variable.word(), variable.type());
        }
        return builder.build();
    }

    public Compiled compile(String source) {
        if (source.codePointCount(0, source.length()) > LONGEST) {
            return new Compiled.Faulty("it has more than " + LONGEST + " characters");
        }
        try {
            CelAbstractSyntaxTree tree = compiler.compile(source).getAst();
            Cost.Estimated cost = Cost.of(tree.getExpr());
            if (cost.steps() > Cost.MOST) {
                return new Compiled.Faulty(dear(cost.steps()));
            }
            for (String pattern : cost.patterns()) {
                if (Pattern.compile(pattern).programSize() > LARGEST_PATTERN) {
                    return new Compiled.Faulty("the pattern " + pattern + " is too large");
                }
            }
            CelRuntime.Program program = runtime.createProgram(tree);
            return new Compiled.Usable(message -> judge(program, message));
        } catch (CelValidationException e) {
            return new Compiled.Faulty(String.valueOf(e.getMessage()).strip());
        } catch (CelEvaluationException | PatternSyntaxException e) {
            return new Compiled.Faulty(String.valueOf(e.getMessage()));
        }
    }

    private static String dear(double cost) {
        return Double.isInfinite(cost)
                ? "it has no bound: write the pattern of matches() out as a text, and make no objects"
                : "on the worst message it would cost " + (long) cost + " steps, and may cost " + Cost.MOST
                        + ": ask of shorter texts, and put no loop into another";
    }

    private Judgment judge(CelRuntime.Program program, Message message) {
        try {
            return switch (program.eval(new Asked(message, json))) {
                case Boolean holds -> holds ? new Judgment.Holds() : new Judgment.DoesNotHold();
                case null, default -> new Judgment.CannotTell("its value is no truth");
            };
        } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
            String why = String.valueOf(e.getMessage());
            return new Judgment.CannotTell(why.substring(0, Math.min(why.length(), LONGEST_REASON)));
        }
    }
}
