@NullMarked
package io.muster.doors.listener;

import org.jspecify.annotations.NullMarked;
