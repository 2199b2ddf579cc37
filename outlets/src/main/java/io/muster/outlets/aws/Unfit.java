package io.muster.outlets.aws;

import io.muster.core.device.JsonPlace;

/// Ends reading at the first thing that is wrong. It never leaves this room.
final class Unfit extends Exception {

    private final transient JsonPlace place;
    private final String remedy;

    Unfit(JsonPlace place, String what, String remedy) {
        super(what, null, false, false);
        this.place = place;
        this.remedy = remedy;
    }

    JsonPlace place() {
        return place;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
