package io.muster.doors.mqtt;

import io.muster.core.door.Parting;

/// Why a connection ended.
public enum Departure {
    /// The device said DISCONNECT.
    CLIENT,
    /// The device said DISCONNECT and wanted its will to be published (MQTT 5).
    CLIENT_WITH_WILL,
    /// The connection broke, or the device closed it without a word.
    LOST,
    /// Nothing came for one and a half times the keep-alive.
    KEEP_ALIVE,
    /// The owner connected again.
    TAKEN_OVER,
    /// The device broke a rule of MQTT, or a limit.
    PROTOCOL_ERROR,
    /// A message of a 3.1.1 device was denied.
    DENIED,
    /// Its tenant has too many connections: it was never told that it may stay.
    TOO_MANY,
    /// The device did not take what it was sent.
    SLOW,
    /// Its door closed it.
    DOOR,
    /// Its door says that the device may not stay. Its will is not published.
    DISMISSED,
    /// The server stops.
    SERVER_STOPS,
    /// The server failed on it; its log says why.
    FAULT;

    /// The same in the words of whoever keeps the list of those who are there.
    public Parting parting() {
        return switch (this) {
            case CLIENT, CLIENT_WITH_WILL -> Parting.LEFT;
            case LOST -> Parting.LOST;
            case KEEP_ALIVE -> Parting.SILENT;
            case TAKEN_OVER -> Parting.TAKEN_OVER;
            case PROTOCOL_ERROR, TOO_MANY -> Parting.BROKE_RULES;
            case DENIED -> Parting.DENIED;
            case SLOW -> Parting.SLOW;
            case DOOR, DISMISSED -> Parting.DISMISSED;
            case SERVER_STOPS -> Parting.SERVER_STOPPED;
            case FAULT -> Parting.FAULT;
        };
    }
}
