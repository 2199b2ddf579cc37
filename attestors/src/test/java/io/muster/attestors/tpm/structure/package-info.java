/// How strangers' TPM structures are read and refused.
@NullMarked
package io.muster.attestors.tpm.structure;

import org.jspecify.annotations.NullMarked;
