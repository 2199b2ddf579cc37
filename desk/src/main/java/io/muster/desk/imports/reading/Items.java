package io.muster.desk.imports.reading;

import java.io.IOException;
import java.util.Optional;

/// The enrollments of one file, one after the other.
public interface Items {

    /// The next one; empty after the last.
    ///
    /// @throws Unreadable where nothing behind this place can be read
    /// @throws IOException when the file is not there any more
    Optional<Item> next() throws IOException;
}
