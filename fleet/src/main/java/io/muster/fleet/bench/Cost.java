package io.muster.fleet.bench;

/// CPU time per connection, in milliseconds.
///
/// @param total    what the server spent, all its processes
/// @param jvm      of it the JVM
/// @param postgres of it PostgreSQL
/// @param client   what the devices spent, for comparison: where it nears `total`, the devices were the limit
record Cost(double total, double jvm, double postgres, double client) {}
