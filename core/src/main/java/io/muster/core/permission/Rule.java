package io.muster.core.permission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A statement on one connection.
///
/// @param met        whether all its conditions are met
/// @param unmetByKey the condition's key that is met least
record Rule(
        StatementId id,
        Statement.Effect effect,
        Set<Action> actions,
        List<Target> targets,
        Truth met,
        Optional<String> unmetByKey) {

    /// A resource that it speaks of.
    record Target(String written, Matcher matcher) {}

    static Rule of(StatementId id, Statement statement, Variables variables) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        statement.actions().forEach(pattern -> actions.addAll(pattern.actions()));
        List<Target> targets = new ArrayList<>();
        for (ResourcePattern resource : statement.resources()) {
            resource.path().ifPresent(path -> targets.add(new Target(resource.written(), Matcher.of(path, variables))));
        }
        Optional<Condition> least = statement.conditions().stream().min(Comparator.comparing(it -> it.met(variables)));
        Truth met = least.map(it -> it.met(variables)).orElse(Truth.YES);
        return new Rule(id, statement.effect(), actions, targets, met, least.map(it -> it.key()
                .name()));
    }

    Finding look(Action action, int[] resource) {
        if (!actions.contains(action)) {
            return finding(Finding.Result.OTHER_ACTION, "");
        }
        if (resource.length > Ask.MAX_LENGTH) {
            return finding(Finding.Result.TOO_LONG, "");
        }
        Truth best = Truth.NO;
        String by = "";
        for (Target target : targets) {
            Truth matches = target.matcher().matches(resource);
            if (matches.compareTo(best) > 0) {
                best = matches;
                by = target.written();
            }
        }
        return judged(best, by);
    }

    private Finding judged(Truth matches, String by) {
        if (matches == Truth.NO) {
            return finding(Finding.Result.OTHER_RESOURCE, "");
        }
        if (met == Truth.NO) {
            return finding(Finding.Result.CONDITION_NOT_MET, unmetByKey.orElse(""));
        }
        if (matches == Truth.YES && met == Truth.YES) {
            return finding(Finding.Result.APPLIES, by);
        }
        String doubt = matches == Truth.YES ? unmetByKey.orElse("") : by;
        return finding(
                effect == Statement.Effect.DENY ? Finding.Result.APPLIES_IN_DOUBT : Finding.Result.NOT_IN_DOUBT, doubt);
    }

    private Finding finding(Finding.Result result, String detail) {
        return new Finding(id, effect, result, detail);
    }
}
