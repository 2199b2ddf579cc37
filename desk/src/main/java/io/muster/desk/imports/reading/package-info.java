/// Reads files of enrollments: text without tricks, then CSV, lines of JSON, and what other platforms print; one
/// enrollment at a time, whatever the file's size.
///
/// The import's job comes in. It knows JSON and the core's names; it must not know the roster, nor what an enrollment
/// may hold.
@NullMarked
package io.muster.desk.imports.reading;

import org.jspecify.annotations.NullMarked;
