/// What an operator should know of a node before it stops: clock, disk, keyring, names, certificates.
///
/// The house comes in. Each examination looks at what it is given and knows neither the others nor the house.
@NullMarked
package io.muster.server.checkup;

import org.jspecify.annotations.NullMarked;
