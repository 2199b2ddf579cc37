@NullMarked
package io.muster.doors.dps;

import org.jspecify.annotations.NullMarked;
