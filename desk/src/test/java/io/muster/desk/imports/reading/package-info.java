/// Readers of files, tested alone.
@NullMarked
package io.muster.desk.imports.reading;

import org.jspecify.annotations.NullMarked;
