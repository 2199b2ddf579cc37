/// Certificates, end to end: EST clients that we did not write, and what they hold afterwards.
@NullMarked
package io.muster.server.est;

import org.jspecify.annotations.NullMarked;
