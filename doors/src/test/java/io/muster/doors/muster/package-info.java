@NullMarked
package io.muster.doors.muster;

import org.jspecify.annotations.NullMarked;
