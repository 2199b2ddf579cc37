/// The command line, tested by transcripts: what is typed, what is asked, what is shown.
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
