@NullMarked
package io.muster.x509.codec;

import org.jspecify.annotations.NullMarked;
