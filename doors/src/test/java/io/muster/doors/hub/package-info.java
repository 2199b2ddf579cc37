@NullMarked
package io.muster.doors.hub;

import org.jspecify.annotations.NullMarked;
