package io.muster.core.permission;

/// Reads policies.
public interface PolicyReader {

    PolicyReading read(String text);
}
