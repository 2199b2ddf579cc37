@NullMarked
package io.muster.attestors.token;

import org.jspecify.annotations.NullMarked;
