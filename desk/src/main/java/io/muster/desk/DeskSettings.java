package io.muster.desk;

/// Where the desk listens.
///
/// @param host an address of this machine
/// @param port 0 for any free one
public record DeskSettings(String host, int port) {}
