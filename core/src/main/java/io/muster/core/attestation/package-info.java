/// Is it really that device: evidence is checked against the enrollments that may take it, and one is picked.
///
/// The pipeline comes in with a recognized request. It knows what stands above it; it must not know how any one kind
/// of evidence is checked (that is an [io.muster.core.attestation.Attestor]), nor what policy will say.
@NullMarked
package io.muster.core.attestation;

import org.jspecify.annotations.NullMarked;
