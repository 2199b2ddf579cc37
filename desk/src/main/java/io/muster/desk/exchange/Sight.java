package io.muster.desk.exchange;

import io.muster.core.access.Scope;
import io.muster.core.device.Device;

/// What of a tenant a caller sees whose scope is narrower than the tenant. What is out of sight is not there.
public final class Sight {

    private Sight() {}

    public static boolean of(Scope scope, Device device) {
        return scope.coversEnrollment(device.origin().enrollment())
                && scope.coversRegion(device.assignment().region());
    }
}
