/// What is told to a TPM in secret, and what a TPM proves by answering.
///
/// Credentials are made that one TPM alone can open and only while it holds a named key; certifications are checked;
/// identity keys are wrapped for one TPM to import. TCG TPM 2.0 Library, Part 1: Architecture, has the mathematics.
/// Nothing is remembered here.
///
/// The attestor comes in. It knows the room of structures and the cryptography of Java; it knows no protocol, no
/// enrollment and no clock.
@NullMarked
package io.muster.attestors.tpm.credential;

import org.jspecify.annotations.NullMarked;
