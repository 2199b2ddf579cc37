package io.muster.store.lane;

import io.muster.store.lane.CommitUnknown.Witness;
import io.muster.store.sealing.Octets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One act, sealed and ready to be written: what must still be so when it is, and the rows of all tables. It has an
/// entry, an attempt, or both.
///
/// @param rests       null for what rests on nothing in the roster
/// @param claims      bindings that must become this device's
/// @param releases    bindings of a known device that change their state
/// @param known       the device as it was read; null where there was none
/// @param burn        the token that it stands on
/// @param adoption    the created certificate that it stands on
/// @param device      the device as it shall be; null where it does not change
/// @param key         the key of a new device
/// @param facets      what the device is found by from then on; null where that stays
/// @param credential  the certificate that comes with it
/// @param credentials those of the device that stand elsewhere from then on
/// @param token       a new token
/// @param operations  those that end with it
public record Work(
        @Nullable Rests rests,
        List<BindingRow> claims,
        List<BindingRow> releases,
        @Nullable Known known,
        @Nullable Burn burn,
        @Nullable Adoption adoption,
        @Nullable DeviceRow device,
        @Nullable KeyRow key,
        @Nullable FacetRows facets,
        @Nullable CredentialRow credential,
        List<CredentialChange> credentials,
        @Nullable TokenRow token,
        @Nullable EntryRow entry,
        @Nullable AttemptRow attempt,
        List<OperationEnd> operations) {

    /// A device that must be at this version.
    public record Known(short slot, Octets deviceId, int version) {}

    public Work {
        claims = List.copyOf(claims);
        releases = List.copyOf(releases);
        credentials = List.copyOf(credentials);
        operations = List.copyOf(operations);
        if (entry == null && attempt == null) {
            throw new IllegalArgumentException("work that leaves no trace");
        }
    }

    /// Begins with the trace that it leaves.
    public static Draft leaving(@Nullable EntryRow entry, @Nullable AttemptRow attempt) {
        return new Draft(entry, attempt);
    }

    /// What no other work of the same batch may touch.
    Set<Octets> touches() {
        Set<Octets> touched = new HashSet<>();
        claims.forEach(row -> touched.add(row.bi()));
        releases.forEach(row -> touched.add(row.bi()));
        if (known != null) {
            touched.add(known.deviceId());
        }
        if (burn != null) {
            touched.add(burn.tokenId());
        }
        if (adoption != null) {
            touched.add(adoption.serialBi());
        }
        operations.forEach(end -> touched.add(end.opId()));
        return touched;
    }

    /// What is in the database exactly if the work is: its ids are random, nobody else writes the same.
    Witness witness() {
        if (attempt != null) {
            return Witnesses.attempt(attempt);
        }
        if (entry != null) {
            return Witnesses.act(entry);
        }
        throw new IllegalStateException("work that leaves no trace");
    }

    /// A work in the making.
    public static final class Draft {

        private final @Nullable EntryRow entry;
        private final @Nullable AttemptRow attempt;
        private @Nullable Rests rests;
        private List<BindingRow> claims = List.of();
        private List<BindingRow> releases = List.of();
        private @Nullable Known known;
        private @Nullable Burn burn;
        private @Nullable Adoption adoption;
        private @Nullable DeviceRow device;
        private @Nullable KeyRow key;
        private @Nullable FacetRows facets;
        private @Nullable CredentialRow credential;
        private List<CredentialChange> credentials = List.of();
        private @Nullable TokenRow token;
        private List<OperationEnd> operations = List.of();

        private Draft(@Nullable EntryRow entry, @Nullable AttemptRow attempt) {
            this.entry = entry;
            this.attempt = attempt;
        }

        public Draft restsOn(Rests roster) {
            rests = roster;
            return this;
        }

        public Draft knows(@Nullable Known present) {
            known = present;
            return this;
        }

        public Draft burns(@Nullable Burn token) {
            burn = token;
            return this;
        }

        public Draft adopts(@Nullable Adoption created) {
            adoption = created;
            return this;
        }

        public Draft binds(List<BindingRow> claimed, List<BindingRow> released) {
            claims = claimed;
            releases = released;
            return this;
        }

        public Draft writes(DeviceRow row, @Nullable KeyRow keyOfNew) {
            device = row;
            key = keyOfNew;
            return this;
        }

        public Draft foundBy(FacetRows rows) {
            facets = rows;
            return this;
        }

        public Draft certifies(@Nullable CredentialRow fresh, List<CredentialChange> changed) {
            credential = fresh;
            credentials = changed;
            return this;
        }

        public Draft makes(TokenRow row) {
            token = row;
            return this;
        }

        public Draft ends(@Nullable OperationEnd end) {
            return endsAll(end == null ? List.of() : List.of(end));
        }

        public Draft endsAll(List<OperationEnd> ends) {
            operations = ends;
            return this;
        }

        public Work work() {
            return new Work(
                    rests,
                    claims,
                    releases,
                    known,
                    burn,
                    adoption,
                    device,
                    key,
                    facets,
                    credential,
                    credentials,
                    token,
                    entry,
                    attempt,
                    operations);
        }
    }
}
