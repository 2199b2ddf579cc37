package io.muster.desk.imports.reading;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The columns that a CSV file of enrollments may have.
enum Column {
    REGISTRATION_ID("registrationId"),
    NAME("name"),
    ATTESTATION("attestation"),
    PRIMARY_KEY("primaryKey"),
    SECONDARY_KEY("secondaryKey"),
    CERTIFICATE("certificate"),
    SECONDARY_CERTIFICATE("secondaryCertificate"),
    ENDORSEMENT_KEY("endorsementKey"),
    ALLOCATION("allocation"),
    HUBS("hubs"),
    REPROVISION("reprovision"),
    KEY_CHANGE("keyChange"),
    DEVICE_ID_TEMPLATE("deviceIdTemplate"),
    TYPE("type"),
    PAYLOAD("payload"),
    PROFILE("profile"),
    ENABLED("enabled");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Optional<Column> titled(String title) {
        return Arrays.stream(values())
                .filter(column -> column.title.equalsIgnoreCase(title))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Column::title).collect(Collectors.joining(", "));
    }
}
