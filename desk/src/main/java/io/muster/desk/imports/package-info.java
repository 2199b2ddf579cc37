/// Imports: files of enrollments that a job takes in. Upload, progress, the job itself.
///
/// The desk's assembly may come in, and whoever lends the job a thread. It knows exchange, the roster's forms and the
/// readers of files; it must not know Vert.x.
@NullMarked
package io.muster.desk.imports;

import org.jspecify.annotations.NullMarked;
