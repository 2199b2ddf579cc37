package io.muster.core.permission;

import io.muster.core.device.PolicyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the policies of a certificate say on one connection. Variables and conditions are settled once, since they are
/// the connection's; a question then costs its patterns alone.
public final class Permissions {

    private final List<Rule> rules;
    private final Optional<PolicyName> gone;

    public Permissions(List<AttachedPolicy> policies, Variables variables) {
        List<Rule> all = new ArrayList<>();
        for (int policy = 0; policy < policies.size(); policy++) {
            if (policies.get(policy) instanceof AttachedPolicy.Standing standing) {
                all.addAll(rules(policy + 1, standing, variables));
            }
        }
        this.rules = List.copyOf(all);
        this.gone = AttachedPolicy.gone(policies);
    }

    private static List<Rule> rules(int number, AttachedPolicy.Standing policy, Variables variables) {
        List<Rule> rules = new ArrayList<>();
        for (Statement statement : policy.document().statements()) {
            StatementId id = new StatementId(number, policy.name(), rules.size() + 1, statement.sid());
            rules.add(Rule.of(id, statement, variables));
        }
        return rules;
    }

    /// Answers a single question.
    public static Decision decide(List<AttachedPolicy> policies, Ask ask, Variables variables) {
        return new Permissions(policies, variables).decide(ask);
    }

    /// While a policy is gone nothing is allowed; else a statement that denies wins, and what none allows is not
    /// allowed.
    public Decision decide(Ask ask) {
        int[] resource = ask.resource().codePoints().toArray();
        List<Finding> findings =
                rules.stream().map(rule -> rule.look(ask.action(), resource)).toList();
        if (gone.isPresent()) {
            return new Decision.PolicyGone(gone.get(), findings);
        }
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
