package io.muster.cli.command;

import io.muster.cli.page.Sheet;

/// Says something when Ctrl-C ends the command before this is closed.
final class Parting implements AutoCloseable {

    private final Thread hook;

    private Parting(Thread hook) {
        this.hook = hook;
    }

    static Parting saying(Sheet sheet, String words) {
        Thread hook = Thread.ofPlatform().unstarted(() -> sheet.note("\n" + words));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Parting(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return;
        }
    }
}
