/// Credentials and certifications against recorded bytes, software keys and a running TPM emulator.
@NullMarked
package io.muster.attestors.tpm.credential;

import org.jspecify.annotations.NullMarked;
