@NullMarked
package io.muster.attestors.x509;

import org.jspecify.annotations.NullMarked;
