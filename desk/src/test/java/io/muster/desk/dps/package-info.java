@NullMarked
package io.muster.desk.dps;

import org.jspecify.annotations.NullMarked;
