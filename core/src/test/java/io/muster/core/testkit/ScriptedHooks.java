package io.muster.core.testkit;

import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.policy.Hooks;
import io.muster.core.policy.Verdict.Permit;
import java.util.ArrayList;
import java.util.List;

/// Hooks that say what the test wants, and remember who was asked.
public final class ScriptedHooks implements Hooks {

    private final List<HookUrl> asked = new ArrayList<>();
    private Advice advice = new Advice.Failed("was not scripted");

    public void says(Advice next) {
        advice = next;
    }

    public List<HookUrl> asked() {
        return asked;
    }

    @Override
    public Advice allocate(HookUrl hook, Permit permit) {
        asked.add(hook);
        return advice;
    }

    @Override
    public Advice provision(HookUrl hook, Provisioning device) {
        asked.add(hook);
        return advice;
    }
}
