@NullMarked
package io.muster.outlets.http;

import org.jspecify.annotations.NullMarked;
