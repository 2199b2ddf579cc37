package io.muster.desk.dps;

import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;

/// The two kinds of enrollment that Azure knows, and how they are called on the wire.
enum EnrollmentKind {
    INDIVIDUAL("registrationId", "enrollments", "enrollment"),
    GROUP("enrollmentGroupId", "enrollmentGroups", "enrollmentGroup");

    /// How many authorities Azure can say that a group trusts: a primary and a secondary.
    static final int MOST_AUTHORITIES = 2;

    private final String idField;
    private final String collection;
    private final String itemType;

    EnrollmentKind(String idField, String collection, String itemType) {
        this.idField = idField;
        this.collection = collection;
        this.itemType = itemType;
    }

    /// The field that holds its id.
    String idField() {
        return idField;
    }

    /// The first part of its path, and its name in a query.
    String collection() {
        return collection;
    }

    /// What a page of a query says that it holds.
    String itemType() {
        return itemType;
    }

    static EnrollmentKind of(Enrollment enrollment) {
        return enrollment.individual().isPresent() ? INDIVIDUAL : GROUP;
    }

    /// Whether Azure can say how it is proved; what it cannot say is not there for its tools.
    static boolean sayable(Enrollment enrollment) {
        return switch (enrollment.proof()) {
            case Proof.Authorities(var anchors) -> anchors.size() <= MOST_AUTHORITIES;
            case Proof.Pinned _, Proof.SymmetricKeys _, Proof.TpmPinned _ -> true;
            case Proof.OneTimeTokens _, Proof.Claims _, Proof.TpmManufacturers _ -> false;
        };
    }
}
