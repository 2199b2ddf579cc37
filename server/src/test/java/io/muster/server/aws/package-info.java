/// Devices with the unmodified AWS SDKs, through the running house.
@NullMarked
package io.muster.server.aws;

import org.jspecify.annotations.NullMarked;
