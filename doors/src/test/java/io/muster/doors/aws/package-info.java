@NullMarked
package io.muster.doors.aws;

import org.jspecify.annotations.NullMarked;
