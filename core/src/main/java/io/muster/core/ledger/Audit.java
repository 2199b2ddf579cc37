package io.muster.core.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened, who did it and on whose word: read and checked, never changed. Throws [LedgerUnavailable] as the
/// ledger does.
public interface Audit {

    /// Entries in the order of the lanes that wrote them. A page may be empty and have a next one: reading is
    /// bounded, whatever the filter leaves. Where the tenant wants it, the reading is an entry itself.
    ///
    /// @param tenant empty: of the whole installation
    Page list(Optional<Name> tenant, Filter filter, Optional<String> cursor, int limit, Warrant warrant);

    /// Reads lanes from their first entry to their head and computes every hash anew, a bounded part at a time.
    ///
    /// @param from where the part before ended; empty: at the beginning
    /// @param most entries to check, about
    Verified verify(Optional<String> from, int most);

    /// What was done. The lower-case name is what callers see.
    enum Kind {
        DEVICE_ENROLLED,
        DEVICE_UPDATED,
        DEVICE_MIGRATED,
        DEVICE_RESET,
        DEVICE_REKEYED,
        DEVICE_CERTIFIED,
        CERTIFICATE_REVOKED,
        /// An identity key of the device was proved in two places.
        IDENTITY_KEY_CONTESTED,
        DEVICE_QUARANTINED,
        DEVICE_RELEASED,
        DEVICE_DECOMMISSIONED,
        TENANT_CREATED,
        TENANT_CHANGED,
        REGION_CREATED,
        HUB_CREATED,
        HUB_CHANGED,
        ENROLLMENT_CREATED,
        ENROLLMENT_CHANGED,
        ENROLLMENT_DELETED,
        PROFILE_CREATED,
        PROFILE_CHANGED,
        TOKEN_MADE,
        TOKEN_REVOKED,
        CLAIM_MADE,
        CLAIM_REVOKED,
        /// Certificates that a claim created were not registered within their hour.
        CREATIONS_REVOKED,
        ANCHOR_CREATED,
        ANCHOR_VERIFIED,
        ANCHOR_DELETED,
        POLICY_CREATED,
        POLICY_CHANGED,
        POLICY_DELETED,
        AUDIT_READ,
        KEY_CREATED,
        KEY_ROTATED,
        KEY_REVOKED,
        SINK_PAUSED,
        SINK_RESUMED,
        SINK_REPLAYED,
        SINK_RECONCILED
    }

    /// The digests are SHA-256 over the canonical form of the subject, lower-case hexadecimal.
    ///
    /// @param tenant empty: the installation's
    /// @param actor `device`, or a principal's id
    /// @param subject kind and name, such as `hub:eu-1` or `device:pump-1`; `erased` where nobody can open it
    /// @param detail what came of it, in words without secrets
    /// @param before digest of what the subject was; empty: there was none
    /// @param after digest of what it became; empty: there is none
    /// @param request the number of the request, for an operator's act; of the attempt, for a device's
    /// @param address where the request came from
    /// @param leaf the entry's own hash, lower-case hexadecimal
    record Entry(
            Place place,
            Instant at,
            Optional<Name> tenant,
            Kind kind,
            String actor,
            String subject,
            String detail,
            String before,
            String after,
            String request,
            String address,
            String leaf) {}

    /// Where an entry stands.
    record Place(int lane, long seq) {
        @Override
        public String toString() {
            return lane + "/" + seq;
        }
    }

    /// Empty fields do not narrow.
    ///
    /// @param since this moment or later
    /// @param until before this moment
    record Filter(
            Optional<String> actor,
            Optional<Kind> kind,
            Optional<String> subject,
            Optional<Instant> since,
            Optional<Instant> until) {}

    /// @param next where the next page begins, opaque; empty after the last page
    record Page(List<Entry> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// What came of checking a part.
    ///
    /// @param entries how many were checked
    /// @param heads   of the lanes that came to their end: who keeps them elsewhere can prove later what stood here
    /// @param broken  the first place that is not as it was written
    /// @param next    where the next part begins, opaque; empty when all is checked, or something is broken
    record Verified(long entries, List<Head> heads, Optional<Broken> broken, Optional<String> next) {
        public Verified {
            heads = List.copyOf(heads);
        }
    }

    /// @param hash over the entry and all before it, lower-case hexadecimal
    record Head(Place place, String hash) {}

    /// @param what in words
    record Broken(Place place, String what) {}
}
