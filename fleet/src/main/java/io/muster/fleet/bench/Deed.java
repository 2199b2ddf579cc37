package io.muster.fleet.bench;

/// What the devices of a measured run did.
enum Deed {
    DPS_X509("DPS over HTTPS, maker's certificate, a new TLS connection for each device", "enrollments"),
    DPS_SYMMETRIC("DPS over HTTPS, symmetric key, a new TLS connection for each device", "enrollments"),
    EST_ENROLL("EST simpleenroll, maker's certificate, a new mutual-TLS connection for each device", "enrollments"),
    EST_RENEW(
            "EST simplereenroll, certificate in use, a new key, a new mutual-TLS connection for each device",
            "renewals"),
    DPS_MQTT_X509("DPS over MQTT, maker's certificate, a new TLS connection for each device", "enrollments"),
    DPS_MQTT_SYMMETRIC("DPS over MQTT, symmetric key, a new TLS connection for each device", "enrollments"),
    AWS_CSR(
            "AWS CreateCertificateFromCsr + RegisterThing, claim certificate, a new mutual-TLS connection for each device",
            "enrollments"),
    AWS_KEYS(
            "AWS CreateKeysAndCertificate + RegisterThing, claim certificate, a new mutual-TLS connection for each device",
            "enrollments"),
    AWS_CSR_TELEMETRY(
            "AWS CreateCertificateFromCsr + RegisterThing, then a message on a second mutual-TLS connection",
            "enrollments"),
    AWS_KEYS_TELEMETRY(
            "AWS CreateKeysAndCertificate + RegisterThing, then a message on a second mutual-TLS connection",
            "enrollments");

    private final String words;
    private final String unit;

    Deed(String words, String unit) {
        this.words = words;
        this.unit = unit;
    }

    String words() {
        return words;
    }

    /// What is counted, in the plural.
    String unit() {
        return unit;
    }
}
