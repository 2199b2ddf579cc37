package io.muster.core.access;

import static io.muster.core.access.Action.ADD_INDIVIDUAL;
import static io.muster.core.access.Action.CREATE_TENANT;
import static io.muster.core.access.Action.MAKE_TOKEN;
import static io.muster.core.access.Action.MAKE_TRUSTED_CLAIM;
import static io.muster.core.access.Action.MANAGE_KEYS;
import static io.muster.core.access.Action.READ_ANCHOR;
import static io.muster.core.access.Action.READ_ATTEMPT;
import static io.muster.core.access.Action.READ_AUDIT;
import static io.muster.core.access.Action.READ_CERTIFICATE;
import static io.muster.core.access.Action.READ_CLAIM;
import static io.muster.core.access.Action.READ_DEVICE;
import static io.muster.core.access.Action.READ_ENROLLMENT;
import static io.muster.core.access.Action.READ_HUB;
import static io.muster.core.access.Action.READ_INSTALLATION;
import static io.muster.core.access.Action.READ_KEY;
import static io.muster.core.access.Action.READ_METRICS;
import static io.muster.core.access.Action.READ_POLICY;
import static io.muster.core.access.Action.READ_PROFILE;
import static io.muster.core.access.Action.READ_SINK;
import static io.muster.core.access.Action.READ_TELEMETRY;
import static io.muster.core.access.Action.READ_TENANT;
import static io.muster.core.access.Action.READ_TOKEN;
import static io.muster.core.access.Action.REVOKE_TOKEN;
import static io.muster.core.access.Action.TEST_POLICY;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What a principal may do, wherever its scope reaches. What is not named is forbidden.
public enum Role {
    /// Everything, keys and tenants too.
    OWNER(EnumSet.allOf(Action.class)),

    /// Runs the fleet: everything but who else may come to the desk.
    OPERATOR(EnumSet.complementOf(EnumSet.of(CREATE_TENANT, READ_KEY, MANAGE_KEYS))),

    /// A factory or a script that lets devices in one by one: no groups, nothing that changes what is there.
    PROVISIONER(EnumSet.of(
            READ_TENANT,
            READ_HUB,
            READ_ENROLLMENT,
            ADD_INDIVIDUAL,
            READ_PROFILE,
            READ_POLICY,
            READ_TOKEN,
            MAKE_TOKEN,
            REVOKE_TOKEN,
            READ_CLAIM,
            MAKE_TRUSTED_CLAIM,
            READ_DEVICE,
            READ_ATTEMPT)),

    /// Sees everything, who did it too, and changes nothing.
    AUDITOR(EnumSet.of(
            READ_INSTALLATION,
            READ_METRICS,
            READ_TENANT,
            READ_HUB,
            READ_ENROLLMENT,
            READ_ANCHOR,
            READ_PROFILE,
            READ_POLICY,
            READ_TOKEN,
            READ_CLAIM,
            READ_DEVICE,
            READ_CERTIFICATE,
            READ_ATTEMPT,
            TEST_POLICY,
            READ_AUDIT,
            READ_SINK,
            READ_TELEMETRY,
            READ_KEY)),

    /// Sees how the fleet stands, and changes nothing.
    VIEWER(EnumSet.of(
            READ_INSTALLATION,
            READ_METRICS,
            READ_TENANT,
            READ_HUB,
            READ_ENROLLMENT,
            READ_ANCHOR,
            READ_PROFILE,
            READ_POLICY,
            READ_DEVICE,
            READ_CERTIFICATE,
            READ_ATTEMPT));

    /// Unmodifiable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Action> actions;

    Role(EnumSet<Action> actions) {
        this.actions = Collections.unmodifiableSet(actions);
    }

    /// Whether it allows all that another does.
    public boolean covers(Role other) {
        return actions.containsAll(other.actions);
    }

    public boolean allows(Action action) {
        return actions.contains(action);
    }
}
