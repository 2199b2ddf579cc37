/// What end-to-end tests stand on: whole installations, operators that type commands, devices with their SDKs.
///
/// Only tests come in. Nothing here knows how the house does its work: it goes through the command line, the doors and,
/// for what is stored, the database's own promises.
@NullMarked
package io.muster.server.testkit;

import org.jspecify.annotations.NullMarked;
