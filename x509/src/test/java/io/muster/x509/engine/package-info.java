@NullMarked
package io.muster.x509.engine;

import org.jspecify.annotations.NullMarked;
