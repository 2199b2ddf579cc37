package io.muster.core.ledger;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The certificates that were issued. Throws [LedgerUnavailable] as the ledger does.
public interface Certificates {

    /// A certificate by its serial number, as it stands.
    Optional<Kept> find(Name tenant, Serial serial);

    /// Certificates of a tenant in a stable order that tells nothing of the names.
    Page list(Name tenant, Filter filter, Optional<String> cursor, int limit);

    /// Revokes a certificate: between two commits it stops proving its device, and the CRL names it.
    Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant);

    /// @param enrollment the enrollment that let it be issued
    /// @param profile    the profile version by which it was issued, such as `device@1`
    /// @param revokedAt  when it ended before its time, and why
    record Kept(
            Name tenant,
            RegistrationId registrationId,
            Name enrollment,
            String profile,
            Credential credential,
            Bytes certificate,
            Optional<Ended> revokedAt) {}

    record Ended(Instant at, Reason reason) {}

    /// Empty fields do not narrow.
    ///
    /// @param registrationId certificates of this device alone
    /// @param scope          only certificates of devices that it covers
    record Filter(Optional<RegistrationId> registrationId, Optional<Credential.State> state, Scope scope) {

        /// For whoever sees all of the tenant.
        public Filter(Optional<RegistrationId> registrationId, Optional<Credential.State> state) {
            this(registrationId, state, Scope.INSTALLATION);
        }
    }

    /// @param next where the next page begins, opaque; empty after the last page
    record Page(List<Kept> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// What came of a revocation.
    sealed interface Revoked {

        record Done(Kept certificate) implements Revoked {}

        /// It was revoked before; nothing changed.
        record Already(Kept certificate) implements Revoked {}

        record Unknown() implements Revoked {}
    }

    /// Why a certificate ended (RFC 5280 section 5.3.1).
    enum Reason {
        UNSPECIFIED(0),
        KEY_COMPROMISE(1),
        AFFILIATION_CHANGED(3),
        SUPERSEDED(4),
        CESSATION_OF_OPERATION(5),
        PRIVILEGE_WITHDRAWN(9);

        private final int number;

        Reason(int number) {
            this.number = number;
        }

        /// Its number in a CRL.
        public int number() {
            return number;
        }
    }
}
