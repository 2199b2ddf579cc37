@NullMarked
package io.muster.x509.issuing;

import org.jspecify.annotations.NullMarked;
