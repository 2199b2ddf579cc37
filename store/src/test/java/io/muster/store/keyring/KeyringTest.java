package io.muster.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {

    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "place".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void a_keyring_opens_again_with_the_same_keys() throws GeneralSecurityException {
        Path path = directory.resolve("keyring");
        Keyring first = Keyring.open(path);
        byte[] sealed = first.tenant(7).own().encrypt(PLAIN, PLACE);
        Keyring second = Keyring.open(path);

        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.index().slot().getEncoded())
                .isEqualTo(first.index().slot().getEncoded());
        assertThat(second.tenant(7).own().decrypt(sealed, PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void nobody_else_may_read_what_it_writes() throws IOException {
        Path path = directory.resolve("keyring");
        var unused = Keyring.open(path).tenant(1);
        try (Stream<Path> all = Files.walk(path)) {
            assertThat(all).hasSize(4).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .endsWith("------"));
        }
        assertThat(unused.bucket(63)).isNotNull();
        assertThat(unused.bucket(64)).isNull();
    }

    @Test
    void a_keyring_that_others_may_read_is_refused_with_advice() throws IOException {
        Path path = directory.resolve("keyring");
        Keyring.open(path);
        Files.setPosixFilePermissions(path.resolve("master.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Keyring.open(path))
                .isInstanceOf(KeyringException.class)
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(path.resolve("master.key"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> Keyring.open(path))
                .isInstanceOf(KeyringException.class)
                .hasMessageContaining("chmod 700");
    }

    @Test
    void a_key_file_under_another_name_or_of_another_keyring_does_not_open() throws IOException {
        Path mine = directory.resolve("mine");
        Path yours = directory.resolve("yours");
        Keyring one = Keyring.open(mine);
        Objects.requireNonNull(one.tenant(1));
        Objects.requireNonNull(Keyring.open(yours).tenant(2));
        Files.copy(mine.resolve("tenant-1.keys"), mine.resolve("tenant-3.keys"));
        Files.copy(yours.resolve("tenant-2.keys"), mine.resolve("tenant-2.keys"));

        assertThatThrownBy(() -> one.tenant(3)).isInstanceOf(KeyringException.class);
        assertThatThrownBy(() -> one.tenant(2))
                .isInstanceOf(KeyringException.class)
                .hasMessageContaining("another keyring");
    }

    @Test
    void nodes_that_make_the_same_keys_at_once_end_with_the_same() throws Exception {
        Path path = directory.resolve("keyring");
        int nodes = 8;
        CyclicBarrier barrier = new CyclicBarrier(nodes);
        List<Future<byte[]>> sealed = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            for (int i = 0; i < nodes; i++) {
                sealed.add(threads.submit(() -> {
                    barrier.await();
                    return Keyring.open(path).tenant(5).own().encrypt(PLAIN, PLACE);
                }));
            }
        }
        Keyring later = Keyring.open(path);
        for (Future<byte[]> one : sealed) {
            assertThat(later.tenant(5).own().decrypt(one.get(), PLACE)).isEqualTo(PLAIN);
        }
    }
}
