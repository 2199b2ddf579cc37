package io.muster.attestors.tpm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.device.Bytes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A TPM emulator on loopback, manufactured with an RSA-2048 and an ECC P-384 endorsement key and their certificates,
/// and the tools that a device would use. All it needs lies in one folder; after five minutes it ends by itself.
public final class Swtpm implements AutoCloseable {

    public static final String RSA_ENDORSEMENT = "0x81010001";
    public static final String RSA_3072_ENDORSEMENT = "0x8101001c";
    public static final String P384_ENDORSEMENT = "0x81010016";
    public static final String RSA_CERTIFICATE = "0x1c00002";
    public static final String RSA_3072_CERTIFICATE = "0x1c0001c";
    public static final String P384_CERTIFICATE = "0x1c00016";

    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Process process;

    private Swtpm(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// Whether the emulator and the tools are here.
    public static boolean isInstalled() {
        List<String> commands = List.of("swtpm", "swtpm_setup", "swtpm_localca", "tpm2_send", "tpm2_import", "timeout");
        return commands.stream().allMatch(Swtpm::isOnPath);
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    /// Whether the emulator can have an RSA-3072 endorsement key in the place of the RSA-2048 one: newer ones can.
    public static boolean makesRsa3072() throws Exception {
        Process asked = new ProcessBuilder("swtpm_setup", "--print-capabilities")
                .redirectErrorStream(true)
                .start();
        String capabilities = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return asked.waitFor(PATIENCE) && capabilities.contains("tpm2-rsa-keysize-3072");
    }

    public static Swtpm manufactured(Path folder) throws Exception {
        return manufactured(folder, 2048);
    }

    /// @param rsaBits of the RSA endorsement key
    public static Swtpm manufactured(Path folder, int rsaBits) throws Exception {
        manufacture(folder, rsaBits);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Swtpm started = started(folder, freePort());
            if (started.isListening()) {
                return started;
            }
            started.close();
        }
        throw new IllegalStateException("the emulator does not start: " + Files.readString(log(folder)));
    }

    /// The certificates come from an authority of this folder, not from one of the system.
    private static void manufacture(Path folder, int rsaBits) throws Exception {
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("authority"));
        Files.writeString(folder.resolve("authority.conf"), """
                statedir = %1$s
                signingkey = %1$s/signkey.pem
                issuercert = %1$s/issuercert.pem
                certserial = %1$s/certserial
                """.formatted(folder.resolve("authority")));
        Files.writeString(folder.resolve("authority.options"), """
                --platform-manufacturer Maker
                --platform-version 1.0
                --platform-model Board
                """);
        Files.writeString(folder.resolve("setup.conf"), """
                create_certs_tool = swtpm_localca
                create_certs_tool_config = %1$s/authority.conf
                create_certs_tool_options = %1$s/authority.options
                """.formatted(folder));
        String command = "swtpm_setup --tpm2 --tpmstate " + folder.resolve("state")
                + " --create-ek-cert --lock-nvram --ecc --vmid board-1 --config " + folder.resolve("setup.conf")
                + (rsaBits == 2048 ? "" : " --rsa-keysize " + rsaBits);
        finish(begin(folder, List.of(command.split(" ", -1)), Map.of()), folder);
    }

    private static Swtpm started(Path folder, int port) throws IOException {
        List<String> command = List.of(("timeout 300 swtpm socket --tpm2 --tpmstate dir=" + folder.resolve("state")
                        + " --server type=tcp,bindaddr=127.0.0.1,port=" + port
                        + " --ctrl type=tcp,bindaddr=127.0.0.1,port=" + (port + 1)
                        + " --flags not-need-init,startup-clear")
                .split(" ", -1));
        return new Swtpm(folder, port, begin(folder, command, Map.of()));
    }

    /// The first of two neighbors that are both free: the tools look for the control channel at the next port.
    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OptionalInt port = freePair();
            if (port.isPresent()) {
                return port.getAsInt();
            }
        }
        throw new IllegalStateException("no two neighboring ports are free");
    }

    private static OptionalInt freePair() throws IOException {
        try (ServerSocket first = listening(0);
                ServerSocket second = listening(first.getLocalPort() + 1)) {
            return OptionalInt.of(second.getLocalPort() - 1);
        } catch (BindException | IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private boolean isListening() {
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() || answers());
        return process.isAlive();
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Runs a tool, which must succeed, and frees the few places that the TPM has for keys.
    public void run(String commandLine) throws Exception {
        assertThat(exit(commandLine)).as(() -> commandLine + ": " + logged()).isZero();
    }

    /// Runs a tool and tells how it ended.
    public int exit(String commandLine) throws Exception {
        int exit = tool(commandLine);
        assertThat(tool("tpm2_flushcontext -t")).as(this::logged).isZero();
        return exit;
    }

    private int tool(String commandLine) throws Exception {
        Process tool = begin(folder, List.of(commandLine.split(" ", -1)), Map.of("TPM2TOOLS_TCTI", address()));
        if (!tool.waitFor(PATIENCE)) {
            tool.destroyForcibly();
            throw new IllegalStateException(commandLine + " did not end: " + logged());
        }
        return tool.exitValue();
    }

    /// Where the tools find it, for `TPM2TOOLS_TCTI` and `TPM2OPENSSL_TCTI`.
    public String address() {
        return "swtpm:host=127.0.0.1,port=" + port;
    }

    public Path folder() {
        return folder;
    }

    public byte[] file(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    public void write(String name, byte[] octets) throws IOException {
        Files.write(folder.resolve(name), octets);
    }

    /// A TPM2B_PUBLIC, by handle or by the name of a context file.
    public byte[] publicArea(String key) throws Exception {
        run("tpm2_readpublic -Q -c " + key + " -o read.pub");
        return file("read.pub");
    }

    /// An endorsement key's certificate as the TPM keeps it, in DER.
    public byte[] certificate(String index) throws Exception {
        run("tpm2_nvread -Q -C o -o read.der " + index);
        return file("read.der");
    }

    /// The authorities of the TPM's maker, from the root on, in PEM.
    public List<String> authorities() throws IOException {
        Path authority = folder.resolve("authority");
        return List.of(
                Files.readString(authority.resolve("swtpm-localca-rootca-cert.pem")),
                Files.readString(authority.resolve("issuercert.pem")));
    }

    /// Hands a credential to the TPM, which writes the secret into the file `secret` if it gives it out.
    ///
    /// @param key            the key that the credential names
    /// @param endorsementKey with the empty password, or `bySession` with the policy of the low range
    /// @return the exit code of the tool
    public int activate(String key, String endorsementKey, boolean bySession, Credential credential) throws Exception {
        write(
                "credential",
                new Marshal()
                        .u32(0xbadcc0deL)
                        .u32(1)
                        .raw(credential.idObject())
                        .raw(credential.encryptedSecret())
                        .octets());
        String activate = "tpm2_activatecredential -Q -c " + key + " -C " + endorsementKey + " -i credential -o secret";
        if (!bySession) {
            return exit(activate);
        }
        run("tpm2_startauthsession -Q --policy-session -S session");
        run("tpm2_policysecret -Q -S session -c e");
        int exit = exit(activate + " -P session:session");
        run("tpm2_flushcontext session");
        return exit;
    }

    /// TPM2_Certify as a raw command, since the tool cannot set the extra data. Both keys are persistent and have
    /// empty passwords.
    public Certified certify(long key, long signer, byte[] extraData) throws Exception {
        byte[] password =
                new Marshal().u32(0x40000009L).u16(0).raw(new byte[1]).u16(0).octets();
        byte[] parameters = new Marshal()
                .u32(key)
                .u32(signer)
                .u32(2L * password.length)
                .raw(password)
                .raw(password)
                .sized(extraData)
                .u16(0x0010)
                .octets();
        write(
                "command",
                new Marshal()
                        .u16(0x8002)
                        .u32(10L + parameters.length)
                        .u32(0x148)
                        .raw(parameters)
                        .octets());
        run("tpm2_send -o response command");
        return Certified.of(file("response"));
    }

    /// What TPM2_Certify answered.
    public record Certified(Bytes attestation, Bytes signature) {

        static Certified of(byte[] response) {
            ByteBuffer buffer = ByteBuffer.wrap(response);
            assertThat(buffer.getInt(6)).as("the response code").isZero();
            int end = 14 + buffer.getInt(10);
            int length = buffer.getShort(14);
            return new Certified(
                    Bytes.of(Arrays.copyOfRange(response, 16, 16 + length)),
                    Bytes.of(Arrays.copyOfRange(response, 16 + length, end)));
        }
    }

    private static Process begin(Path folder, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void finish(Process process, Path folder) throws Exception {
        assertThat(process.waitFor(PATIENCE)).as("ended in time").isTrue();
        assertThat(process.exitValue()).as(Files.readString(log(folder))).isZero();
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    private String logged() {
        try {
            return Files.readString(log(folder));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws Exception {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
