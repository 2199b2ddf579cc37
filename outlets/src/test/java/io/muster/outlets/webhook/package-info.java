@NullMarked
package io.muster.outlets.webhook;

import org.jspecify.annotations.NullMarked;
