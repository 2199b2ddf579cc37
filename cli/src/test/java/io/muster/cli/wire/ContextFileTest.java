package io.muster.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContextFileTest {

    private static final Context PLANT = new Context(
            "plant",
            URI.create("https://muster.example.com:9443"),
            Optional.of(Path.of("/etc/muster/ca.pem")),
            Optional.of(Path.of("/run/secrets/muster")),
            Optional.of("acme"));

    @TempDir
    private Path home;

    @Test
    void what_was_written_is_read_and_belongs_to_its_user_alone() throws IOException {
        ContextFile file = file();
        Contexts contexts = Contexts.none().with(PLANT);
        file.write(contexts);
        file.write(contexts);
        assertThat(file.read()).isEqualTo(new ContextFile.Read.Held(contexts));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.path().getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.path().getParent())) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void no_file_is_no_contexts() {
        assertThat(file().read()).isEqualTo(new ContextFile.Read.Held(Contexts.none()));
    }

    @Test
    void the_home_directory_serves_where_xdg_says_nothing_or_nonsense() {
        assertThat(path(Map.of("HOME", "/home/ada"))).contains(Path.of("/home/ada/.config/muster/config.yaml"));
        assertThat(path(Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "relative")))
                .contains(Path.of("/home/ada/.config/muster/config.yaml"));
        assertThat(path(Map.of())).isEmpty();
    }

    @Test
    void a_file_that_others_can_write_is_not_believed() throws IOException {
        ContextFile file = file();
        file.write(Contexts.none().with(PLANT));
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(file.read())
                .isEqualTo(new ContextFile.Read.Broken(
                        file.path() + " can be written by others.", "Run: chmod 600 " + file.path()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contexts: {plant: {url: 'https://a', token: secret}}",
                "contexts: {plant: {url: 'http://a'}}",
                "contexts: {plant: {}}",
                "contexts: {'a b': {url: 'https://a'}}",
                "contexts: {plant: {url: 'https://a'}, plant: {url: 'https://b'}}",
                "contexts: {plant: {url: 'https://a'}\n---\n",
                "contexts: [",
                "\t",
                "a: &a [*a]"
            })
    void what_somebody_wrote_wrongly_is_told(String text) throws IOException {
        ContextFile file = file();
        file.write(Contexts.none());
        Files.writeString(file.path(), text);
        assertThat(file.read()).isInstanceOfSatisfying(ContextFile.Read.Broken.class, broken -> {
            assertThat(broken.what()).contains(file.path().toString()).doesNotContain("secret");
            assertThat(broken.next()).isNotBlank();
        });
    }

    @Test
    void a_file_without_end_is_not_read_to_its_end() throws IOException {
        ContextFile file = file();
        file.write(Contexts.none());
        Files.writeString(file.path(), "#".repeat(1 << 21));
        assertThat(file.read()).isInstanceOf(ContextFile.Read.Broken.class);
    }

    private ContextFile file() {
        return ContextFile.in(Map.of("XDG_CONFIG_HOME", home.toString())).orElseThrow();
    }

    private static Optional<Path> path(Map<String, String> environment) {
        return ContextFile.in(environment).map(ContextFile::path);
    }
}
