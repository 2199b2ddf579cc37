package io.muster.core.permission;

/// Reads a policy document that an operator shows or a template wrote. Never throws on hostile text, and does bounded
/// work.
public interface PolicyReader {

    PolicyReading read(String text);
}
