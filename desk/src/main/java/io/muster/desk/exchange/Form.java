package io.muster.desk.exchange;

import io.muster.desk.problem.Problem;
import java.util.function.Function;

/// What came of reading a part of a request into one of the core's types.
public sealed interface Form<T> {

    /// It was filled in well.
    record Filled<T>(T value) implements Form<T> {}

    /// It was not, and the problem says where.
    record Faulty<T>(Problem problem) implements Form<T> {}

    static <T> Form<T> of(T value) {
        return new Filled<>(value);
    }

    static <T> Form<T> faulty(String at, String detail, String remedy) {
        return new Faulty<>(Problem.invalid(at, detail, remedy));
    }

    default <R> Form<R> map(Function<T, R> next) {
        return then(value -> of(next.apply(value)));
    }

    default <R> Form<R> then(Function<T, Form<R>> next) {
        return switch (this) {
            case Filled<T>(T value) -> next.apply(value);
            case Faulty<T>(Problem problem) -> new Faulty<>(problem);
        };
    }

    /// The operation's answer: what was filled in, or the problem.
    default Reply reply(Function<T, Reply> next) {
        return switch (this) {
            case Filled<T>(T value) -> next.apply(value);
            case Faulty<T>(Problem problem) -> Reply.refused(problem);
        };
    }
}
