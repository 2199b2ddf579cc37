@NullMarked
package io.muster.attestors.issued;

import org.jspecify.annotations.NullMarked;
