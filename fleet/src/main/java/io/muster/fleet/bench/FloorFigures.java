package io.muster.fleet.bench;

import java.util.List;

/// What `bench floor --json` writes.
record FloorFigures(Machine machine, List<FloorReport> floors) {

    FloorFigures {
        floors = List.copyOf(floors);
    }
}
