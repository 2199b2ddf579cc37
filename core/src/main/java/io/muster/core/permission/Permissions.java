package io.muster.core.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the policies of a certificate say on one connection. Variables and conditions are settled once, since they are
/// the connection's; a question then costs its patterns alone.
public final class Permissions {

    private final List<Rule> rules;

    public Permissions(List<PolicyDocument> policies, Variables variables) {
        List<Rule> all = new ArrayList<>();
        for (int policy = 0; policy < policies.size(); policy++) {
            List<Statement> statements = policies.get(policy).statements();
            for (int i = 0; i < statements.size(); i++) {
                Statement statement = statements.get(i);
                all.add(Rule.of(new StatementId(policy + 1, i + 1, statement.sid()), statement, variables));
            }
        }
        this.rules = List.copyOf(all);
    }

    /// Answers a single question.
    public static Decision decide(List<PolicyDocument> policies, Ask ask, Variables variables) {
        return new Permissions(policies, variables).decide(ask);
    }

    /// A statement that denies wins; what no statement allows is not allowed.
    public Decision decide(Ask ask) {
        int[] resource = ask.resource().codePoints().toArray();
        List<Finding> findings =
                rules.stream().map(rule -> rule.look(ask.action(), resource)).toList();
        Optional<StatementId> denies = first(findings, Statement.Effect.DENY);
        Optional<StatementId> allows = first(findings, Statement.Effect.ALLOW);
        return denies.isPresent()
                ? new Decision.DeniedExplicitly(denies.get(), findings)
                : allows.isPresent() ? new Decision.Allowed(allows.get(), findings) : new Decision.NotAllowed(findings);
    }

    private static Optional<StatementId> first(List<Finding> findings, Statement.Effect effect) {
        return findings.stream()
                .filter(finding -> finding.effect() == effect && finding.applies())
                .map(Finding::statement)
                .findFirst();
    }
}
