/// The command line: `muster <noun> <verb>`, for people and for scripts.
///
/// The launcher comes in through [io.muster.cli.Main]. It speaks the admin API over HTTPS and knows nothing else of
/// the house: no type of core, no file of the server but those that an operator may read.
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
