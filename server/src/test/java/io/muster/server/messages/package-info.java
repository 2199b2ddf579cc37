/// Messages of devices on their way through a running house.
@NullMarked
package io.muster.server.messages;

import org.jspecify.annotations.NullMarked;
