package io.muster.x509.codec;

/// What stands in a subject's CN: exactly one plain name, or the reason why there is none to trust.
public sealed interface CommonName {

    record Named(String value) implements CommonName {}

    record Unusable(Finding finding) implements CommonName {}
}
