package io.muster.outlets.hooks;

import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Secret;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// On what terms hooks are called.
///
/// @param allowed     what the URL of a hook must begin with; none may be called where it is empty
/// @param privateToo  whether a hook may be at an address that is not public
/// @param anchors     whom to trust; empty for those of the Java platform
/// @param secret      signs each call
/// @param time        for all of a call
/// @param callsAtOnce more are not made, but put off
public record HookTerms(
        List<HookUrl> allowed,
        boolean privateToo,
        Optional<KeyStore> anchors,
        Secret secret,
        Duration time,
        int callsAtOnce) {

    public HookTerms {
        allowed = List.copyOf(allowed);
    }

    /// Scheme, host and port are the same, and the path is that of an entry or below it.
    boolean allows(HookUrl hook) {
        return allowed.stream().anyMatch(entry -> isAtOrBelow(hook, entry));
    }

    private static boolean isAtOrBelow(HookUrl hook, HookUrl entry) {
        String path = hook.uri().getPath();
        String prefix = entry.uri().getPath();
        boolean below = path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
        return below && hook.uri().getHost().equalsIgnoreCase(entry.uri().getHost()) && port(hook) == port(entry);
    }

    private static int port(HookUrl hook) {
        return hook.uri().getPort() == -1 ? 443 : hook.uri().getPort();
    }
}
