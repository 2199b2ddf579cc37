@NullMarked
package io.muster.desk.dps.query;

import org.jspecify.annotations.NullMarked;
