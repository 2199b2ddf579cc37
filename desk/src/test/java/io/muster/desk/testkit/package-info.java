/// Fakes of the ports that the desk asks, and a client that keeps the contract.
@NullMarked
package io.muster.desk.testkit;

import org.jspecify.annotations.NullMarked;
