@NullMarked
package io.muster.x509.lint;

import org.jspecify.annotations.NullMarked;
