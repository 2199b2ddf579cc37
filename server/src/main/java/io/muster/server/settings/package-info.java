/// What an operator may set: read once, checked at once, past this everything is valid.
///
/// The house comes in for its settings. It knows no part of the house.
@NullMarked
package io.muster.server.settings;

import org.jspecify.annotations.NullMarked;
