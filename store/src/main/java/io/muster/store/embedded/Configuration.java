package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The settings of the bundled server: durable first, small second, fast third.
final class Configuration {
    /// What an operator adds by hand lives here, wins over ours, and survives updates.
    private static final String OPERATORS_OWN = "local.conf";

    private static final String TEXT = """
            # Written by Muster at every start. Put settings of your own into local.conf beside this file.

            # What was acknowledged is on disk.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # Only this machine, only with the password.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            ssl = off
            password_encryption = 'scram-sha-256'

            # A laptop has other things to do.
            max_connections = 40
            shared_buffers = 96MB
            work_mem = 4MB
            maintenance_work_mem = 64MB
            temp_buffers = 2MB
            effective_cache_size = 512MB
            huge_pages = off
            jit = off
            max_worker_processes = 4
            max_parallel_workers = 2
            max_parallel_workers_per_gather = 0
            autovacuum_max_workers = 2
            io_workers = 2

            # A fleet that arrives at once must not wait for checkpoints.
            wal_level = replica
            wal_buffers = 8MB
            min_wal_size = 128MB
            max_wal_size = 1GB
            checkpoint_timeout = 10min
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1

            # A client that is gone gives its locks back.
            tcp_keepalives_idle = 10
            tcp_keepalives_interval = 5
            tcp_keepalives_count = 3

            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'iso'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.simple'

            # Rows and statements may hold what a log must not.
            log_line_prefix = '%m [%p] '
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_checkpoints = off

            include_if_exists = '""" + OPERATORS_OWN + "'\n";

    private Configuration() {}

    static void write(Path cluster, Account account) throws IOException {
        Path file = cluster.resolve("postgresql.conf");
        if (Files.exists(file) && Files.readString(file).equals(TEXT)) {
            return;
        }
        Path temporary = cluster.resolve("postgresql.conf.new");
        Files.writeString(temporary, TEXT);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        account.own(temporary);
        Folders.sync(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(cluster);
    }
}
