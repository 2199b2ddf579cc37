/// The TPM attestor in the eyes of devices, of forgers and of a TPM emulator.
@NullMarked
package io.muster.attestors.tpm;

import org.jspecify.annotations.NullMarked;
