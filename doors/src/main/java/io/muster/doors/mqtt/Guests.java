package io.muster.doors.mqtt;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Who is in, on all ports: one connection an owner, and so many a tenant.
final class Guests {

    private record Tenant(String door, String name) {
        static Tenant of(Owner owner) {
            return new Tenant(owner.door(), owner.tenant());
        }
    }

    private final int perTenant;
    private final ConcurrentMap<Owner, Session> in = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tenant, Integer> counts = new ConcurrentHashMap<>();

    Guests(int perTenant) {
        this.perTenant = perTenant;
    }

    /// Lets a connection in, and closes the owner's older one; false when the tenant has too many.
    boolean enter(Owner owner, Session session) {
        Session older = in.put(owner, session);
        if (older != null) {
            older.takenOver();
            return true;
        }
        if (counts.merge(Tenant.of(owner), 1, Integer::sum) <= perTenant) {
            return true;
        }
        leave(owner, session);
        return false;
    }

    /// Does nothing when the owner has connected again since.
    void leave(Owner owner, Session session) {
        if (in.remove(owner, session)) {
            counts.computeIfPresent(Tenant.of(owner), (tenant, count) -> count == 1 ? null : count - 1);
        }
    }
}
