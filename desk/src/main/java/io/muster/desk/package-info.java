/// The operator's desk: the admin API over HTTPS, contract first.
///
/// The server's assembly may come in, through [io.muster.desk.Desk]. The desk knows core's ports and nothing of doors,
/// attestors or storage.
@NullMarked
package io.muster.desk;

import org.jspecify.annotations.NullMarked;
