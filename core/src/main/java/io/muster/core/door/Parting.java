package io.muster.core.door;

/// Why a connection of a device ended.
public enum Parting {
    /// The device said so.
    LEFT,
    /// It broke, or was closed without a word.
    LOST,
    /// Nothing came for too long.
    SILENT,
    /// The device connected again.
    TAKEN_OVER,
    /// The device broke a rule of its protocol, or a limit.
    BROKE_RULES,
    /// It said something that it may not say, where its protocol knows no other answer.
    DENIED,
    /// It did not take what it was sent.
    SLOW,
    /// It may not stay.
    DISMISSED,
    SERVER_STOPPED,
    /// The server failed on it; its log says why.
    FAULT,
    /// The node died that held it.
    NODE_LOST
}
