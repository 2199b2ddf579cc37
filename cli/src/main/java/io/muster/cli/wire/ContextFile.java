package io.muster.cli.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The file in which a user's contexts stand: `muster/config.yaml` in the folder that the XDG Base Directory
/// Specification names. It holds no secret, and yet is the user's alone: who can write it can send a token elsewhere.
public final class ContextFile {

    private static final int LARGEST = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<String> KEYS = Set.of("url", "ca", "token-file", "tenant");

    private final Path file;
    private final YAMLMapper yaml = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private ContextFile(Path file) {
        this.file = file;
        yaml.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /// What came of reading it.
    public sealed interface Read {
        record Held(Contexts contexts) implements Read {}

        record Broken(String what, String next) implements Read {}
    }

    /// The file of the user whose environment this is; empty where it names no home.
    public static Optional<ContextFile> in(Map<String, String> environment) {
        return directory(environment, "XDG_CONFIG_HOME")
                .or(() -> directory(environment, "HOME").map(home -> home.resolve(".config")))
                .map(folder -> new ContextFile(folder.resolve("muster").resolve("config.yaml")));
    }

    /// The specification lets a relative path be ignored.
    private static Optional<Path> directory(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    public Path path() {
        return file;
    }

    /// No file is no contexts.
    public Read read() {
        try (InputStream in = Files.newInputStream(file)) {
            if (writableByOthers()) {
                return new Read.Broken(file + " can be written by others.", "Run: chmod 600 " + file);
            }
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                return new Read.Broken(file + " is larger than 1 MiB.", mend());
            }
            JsonNode root = yaml.readTree(bytes);
            return root.isMissingNode() || root.isNull() ? new Read.Held(Contexts.none()) : contexts(root);
        } catch (NoSuchFileException _) {
            return new Read.Held(Contexts.none());
        } catch (JsonProcessingException e) {
            return new Read.Broken(file + " is no YAML that can be read: " + e.getOriginalMessage(), mend());
        } catch (IOException e) {
            return new Read.Broken(file + " cannot be read: " + e.getMessage(), "Mend the file system first.");
        }
    }

    private String mend() {
        return "Mend it, or remove it and name the servers anew with muster config set.";
    }

    private boolean writableByOthers() throws IOException {
        if (!posix()) {
            return false;
        }
        return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_WRITE::contains);
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Read contexts(JsonNode root) {
        if (!root.isObject() || unknownKey(root, Set.of("current", "contexts")).isPresent()) {
            return new Read.Broken(file + " holds something else than current and contexts.", mend());
        }
        Contexts contexts = Contexts.none();
        for (Map.Entry<String, JsonNode> entry : root.path("contexts").properties()) {
            Optional<String> unknown = unknownKey(entry.getValue(), KEYS);
            if (unknown.isPresent()) {
                return new Read.Broken(
                        file + ": context " + entry.getKey() + " has a key \"" + unknown.get() + "\".",
                        "The keys are url, ca, token-file and tenant; a token never stands here, only its file.");
            }
            Optional<URI> url = Whereabouts.address(entry.getValue().path("url").asText());
            if (url.isEmpty() || !Context.mayBeCalled(entry.getKey())) {
                return new Read.Broken(
                        file + ": context " + entry.getKey() + " has no https address, or a name that cannot be.",
                        mend());
            }
            contexts = contexts.with(context(entry.getKey(), url.get(), entry.getValue()));
        }
        return new Read.Held(new Contexts(text(root, "current"), contexts.byName()));
    }

    private static Optional<String> unknownKey(JsonNode object, Set<String> keys) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !keys.contains(key))
                .findFirst();
    }

    private static Context context(String name, URI url, JsonNode said) {
        return new Context(
                name,
                url,
                text(said, "ca").map(Path::of),
                text(said, "token-file").map(Path::of),
                text(said, "tenant"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /// Writes all of them, whole or not at all.
    public void write(Contexts contexts) throws IOException {
        Path folder = file.getParent();
        Files.createDirectories(folder, ours("rwx------"));
        Path fresh = Files.createTempFile(folder, "config", ".new", ours("rw-------"));
        try {
            Files.write(fresh, yaml.writeValueAsBytes(document(contexts)));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private FileAttribute<?>[] ours(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static ObjectNode document(Contexts contexts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        contexts.current().ifPresent(name -> root.put("current", name));
        ObjectNode all = root.putObject("contexts");
        contexts.byName().values().forEach(context -> {
            ObjectNode one =
                    all.putObject(context.name()).put("url", context.url().toString());
            context.anchor().ifPresent(path -> one.put("ca", path.toString()));
            context.tokenFile().ifPresent(path -> one.put("token-file", path.toString()));
            context.tenant().ifPresent(tenant -> one.put("tenant", tenant));
        });
        return root;
    }
}
