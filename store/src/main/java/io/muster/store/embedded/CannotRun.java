package io.muster.store.embedded;

import org.jspecify.annotations.Nullable;

/// The bundled PostgreSQL cannot run here, and this is why. The message is the obstacle in words, advice included.
public final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Obstacle obstacle;

    CannotRun(Obstacle obstacle) {
        this(obstacle, null);
    }

    CannotRun(Obstacle obstacle, @Nullable Throwable cause) {
        super(obstacle.words(), cause);
        this.obstacle = obstacle;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
