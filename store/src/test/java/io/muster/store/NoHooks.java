package io.muster.store;

import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.policy.Hooks;
import io.muster.core.policy.Verdict.Permit;

/// For enrollments that ask nobody.
final class NoHooks implements Hooks {

    @Override
    public Advice allocate(HookUrl hook, Permit permit) {
        throw new UnsupportedOperationException("no enrollment asks a hook here");
    }

    @Override
    public Advice provision(HookUrl hook, Provisioning device) {
        throw new UnsupportedOperationException("no template asks a hook here");
    }
}
