@NullMarked
package io.muster.doors.objects;

import org.jspecify.annotations.NullMarked;
