@NullMarked
package io.muster.outlets.credential;

import org.jspecify.annotations.NullMarked;
