/// What a person sees: tables, JSON, problems in words, and text that cannot play tricks with a terminal.
///
/// Commands come in. It knows JSON and the answers of the wire; it must not know any command.
@NullMarked
package io.muster.cli.page;

import org.jspecify.annotations.NullMarked;
