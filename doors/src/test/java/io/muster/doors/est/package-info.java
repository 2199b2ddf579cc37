@NullMarked
package io.muster.doors.est;

import org.jspecify.annotations.NullMarked;
