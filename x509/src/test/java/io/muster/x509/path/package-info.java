@NullMarked
package io.muster.x509.path;

import org.jspecify.annotations.NullMarked;
