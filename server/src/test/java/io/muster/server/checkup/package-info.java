/// What an operator is told of a node that is well, and of one that is not.
@NullMarked
package io.muster.server.checkup;

import org.jspecify.annotations.NullMarked;
