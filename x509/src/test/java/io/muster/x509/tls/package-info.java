@NullMarked
package io.muster.x509.tls;

import org.jspecify.annotations.NullMarked;
