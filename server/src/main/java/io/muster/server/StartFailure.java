package io.muster.server;

import io.muster.server.settings.SettingsException;
import io.muster.store.database.UnusableDatabaseException;
import io.muster.store.embedded.CannotRun;
import io.muster.store.keyring.KeyringException;
import io.muster.x509.tls.TlsFault;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Says why the house does not open: what an operator can mend in one paragraph, anything else with its trace.
final class StartFailure implements IExecutionExceptionHandler {

    private static final List<Class<? extends RuntimeException>> MENDABLE = List.of(
            SettingsException.class,
            UnusableDatabaseException.class,
            CannotRun.class,
            KeyringException.class,
            TlsFault.class,
            IllegalStateException.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (MENDABLE.stream().anyMatch(type -> type.isInstance(failure))) {
            line.getErr().println("muster: " + failure.getMessage());
        } else {
            LoggerFactory.getLogger(StartFailure.class).error("Muster could not start.", failure);
        }
        return 1;
    }
}
