package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Pem;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chains as makers make them: by the openssl command, not by a library of ours.
class OpensslChainTest {

    @TempDir
    Path folder;

    private final Chains chains =
            new Chains(SignatureEngine.choose()).at(Instant.now().plusSeconds(60));

    @BeforeEach
    void there_is_an_openssl_command() {
        assumeTrue(isInstalled(), "the openssl command is not installed: its chains are not tested");
    }

    private boolean isInstalled() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_chain_of_elliptic_curves_is_valid() throws Exception {
        root("ec", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        issue("line", "ec", "basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,keyCertSign");
        issue("pump-1", "line", "keyUsage=digitalSignature\nextendedKeyUsage=clientAuth");

        assertThat(chains.valid(anchor("ec"), der("pump-1"), der("line")).path())
                .hasSize(3);
    }

    @Test
    void a_chain_of_rsa_with_version_1_leaf_is_valid() throws Exception {
        root("rsa", "-newkey", "rsa:2048");
        request("meter-1");
        run("x509", "-req", "-in", "meter-1.csr", "-CA", "rsa.pem", "-CAkey", "rsa.key", "-out", "meter-1.pem");

        assertThat(chains.valid(anchor("rsa"), der("meter-1")).leaf().version()).isEqualTo(1);
    }

    @Test
    void a_device_that_was_issued_for_servers_is_refused() throws Exception {
        root("ec", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
        issue("pump-1", "ec", "extendedKeyUsage=serverAuth");

        assertThat(chains.finding(anchor("ec"), der("pump-1"))).isInstanceOf(PathFinding.NotForClientAuth.class);
    }

    private void root(String name, String... key) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-nodes", "-subj", "/O=Maker/CN=" + name));
        arguments.addAll(List.of(key));
        arguments.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem", "-days", "30"));
        run(arguments.toArray(String[]::new));
    }

    private void request(String name) throws Exception {
        run(
                "req",
                "-new",
                "-nodes",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
    }

    private void issue(String name, String issuer, String extensions) throws Exception {
        request(name);
        Files.writeString(folder.resolve(name + ".ext"), extensions + "\n");
        run(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                issuer + ".pem",
                "-CAkey",
                issuer + ".key",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
    }

    private void run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("openssl.log")))
                .isZero();
    }

    private byte[] der(String name) throws IOException {
        Pem.Reading reading = Pem.certificates(Files.readString(folder.resolve(name + ".pem")), 1);
        assertThat(reading).isInstanceOf(Pem.Reading.Blocks.class);
        return ((Pem.Reading.Blocks) reading).ders().getFirst();
    }

    private TestAuthority anchor(String name) throws IOException {
        TestAuthority any = TestAuthority.root("unused");
        return new TestAuthority(any.name(), any.keys(), Bytes.of(der(name)));
    }
}
