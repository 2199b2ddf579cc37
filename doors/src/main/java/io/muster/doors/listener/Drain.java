package io.muster.doors.listener;

/// Told to every connection when its listener closes: nothing new, please; finish what is begun, then close.
public enum Drain {
    BEGIN
}
