package io.muster.store.lane;

/// The lane belongs to another incarnation, or its head is not where this node left it.
final class Fenced extends Exception {

    private static final long serialVersionUID = 1L;

    Fenced(int lane) {
        super("lane " + lane + " was taken over by another node");
    }
}
