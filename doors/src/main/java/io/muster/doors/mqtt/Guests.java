package io.muster.doors.mqtt;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Who is in, on all ports: one connection an owner, and so many a tenant, and a crowd.
final class Guests {

    private record Party(String door, String tenant, String crowd) {}

    private final int perTenant;
    private final ConcurrentMap<Owner, Session> in = new ConcurrentHashMap<>();
    private final ConcurrentMap<Party, Integer> counts = new ConcurrentHashMap<>();

    Guests(int perTenant) {
        this.perTenant = perTenant;
    }

    /// Lets a connection in, and closes the owner's older one; false when the tenant or the crowd has too many.
    boolean enter(Owner owner, Session session) {
        Session older = in.put(owner, session);
        if (older != null) {
            older.takenOver();
            return true;
        }
        boolean room = counts.merge(tenant(owner), 1, Integer::sum) <= perTenant;
        boolean among = owner.crowd()
                .map(it -> counts.merge(crowd(owner, it), 1, Integer::sum) <= it.most())
                .orElse(true);
        if (room && among) {
            return true;
        }
        leave(owner, session);
        return false;
    }

    /// Does nothing when the owner has connected again since.
    void leave(Owner owner, Session session) {
        if (in.remove(owner, session)) {
            countDown(tenant(owner));
            owner.crowd().ifPresent(it -> countDown(crowd(owner, it)));
        }
    }

    private void countDown(Party party) {
        counts.computeIfPresent(party, (it, count) -> count == 1 ? null : count - 1);
    }

    private static Party tenant(Owner owner) {
        return new Party(owner.door(), owner.tenant(), "");
    }

    private static Party crowd(Owner owner, Owner.Crowd crowd) {
        return new Party(owner.door(), owner.tenant(), crowd.name());
    }
}
