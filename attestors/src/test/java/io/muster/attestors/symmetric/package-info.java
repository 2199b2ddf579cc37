@NullMarked
package io.muster.attestors.symmetric;

import org.jspecify.annotations.NullMarked;
