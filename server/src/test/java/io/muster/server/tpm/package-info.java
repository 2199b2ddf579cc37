/// Devices that are born with a TPM, end to end: chips of swtpm, tools and SDKs that we did not write.
@NullMarked
package io.muster.server.tpm;

import org.jspecify.annotations.NullMarked;
