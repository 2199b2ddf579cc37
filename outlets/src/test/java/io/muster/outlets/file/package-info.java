@NullMarked
package io.muster.outlets.file;

import org.jspecify.annotations.NullMarked;
