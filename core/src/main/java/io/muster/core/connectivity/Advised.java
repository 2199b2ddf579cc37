package io.muster.core.connectivity;

import java.util.Map;
import java.util.Optional;

/// Which hook said what.
public record Advised(HookUrl hook, Advice advice) {

    /// As much as a decision rests on: what the hook hands to the device or the template is no part of that.
    public Advised bare() {
        return switch (advice) {
            case Advice.Host it -> new Advised(hook, new Advice.Host(it.host(), Optional.empty()));
            case Advice.Allowed _ -> new Advised(hook, new Advice.Allowed(Map.of()));
            case Advice.Denied _, Advice.Failed _, Advice.Busy _ -> this;
        };
    }
}
