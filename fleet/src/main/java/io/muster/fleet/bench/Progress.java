package io.muster.fleet.bench;

import java.io.PrintWriter;

/// Tells a waiting person what is going on.
record Progress(PrintWriter out) {

    void say(String line) {
        out.println(line);
        out.flush();
    }
}
