package io.muster.x509.codec;

/// What came of reading a certificate.
public sealed interface Reading {

    record Read(Certificate certificate) implements Reading {}

    record Refused(Finding finding) implements Reading {}
}
