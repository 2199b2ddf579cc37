/// A TPM's keys and answers for the tests: recorded ones, ones made by software, and a running TPM emulator.
@NullMarked
package io.muster.attestors.tpm.testkit;

import org.jspecify.annotations.NullMarked;
