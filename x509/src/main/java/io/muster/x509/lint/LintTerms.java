package io.muster.x509.lint;

import io.muster.core.device.Bytes;
import io.muster.core.issuance.Order;
import io.muster.x509.codec.Certificate;

/// What a certificate is held against.
///
/// @param order   what was ordered
/// @param key     the SubjectPublicKeyInfo that shall be certified
/// @param issuing the certificate of the authority that is going to sign
/// @param base    URL under which CRLs and authorities are served, without a slash at its end
public record LintTerms(Order order, Bytes key, Certificate issuing, String base) {}
