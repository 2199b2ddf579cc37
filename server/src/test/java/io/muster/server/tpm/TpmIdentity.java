package io.muster.server.tpm;

import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderTpm;
import com.microsoft.azure.sdk.iot.provisioning.security.exceptions.SecurityProviderException;
import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.core.device.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the Azure SDK calls a security provider, for a chip of swtpm: everything is done by tpm2-tools.
final class TpmIdentity extends SecurityProviderTpm {

    private static final String STORAGE_ROOT = "srk.ctx";

    private final Swtpm tpm;

    TpmIdentity(Swtpm tpm) throws Exception {
        this.tpm = tpm;
        tpm.run("tpm2_createprimary -Q -C o -c " + STORAGE_ROOT + " -G rsa2048");
    }

    /// One step with the chip.
    private interface Step {
        byte[] take() throws Exception;
    }

    private static byte[] step(Step step) throws SecurityProviderException {
        try {
            return step.take();
        } catch (Exception e) {
            throw new SecurityProviderException("the chip refused", e);
        }
    }

    @Override
    public byte[] getEndorsementKey() throws SecurityProviderException {
        return step(() -> tpm.publicArea(Swtpm.RSA_ENDORSEMENT));
    }

    @Override
    public byte[] getStorageRootKey() throws SecurityProviderException {
        return step(() -> tpm.publicArea(STORAGE_ROOT));
    }

    @Override
    public byte[] activateIdentityKey(byte[] blob) throws SecurityProviderException {
        return step(() -> {
            List<byte[]> parts = parts(blob);
            Credential credential = new Credential(sized(parts.get(0)), sized(parts.get(1)));
            if (tpm.activate(STORAGE_ROOT, Swtpm.RSA_ENDORSEMENT, true, credential) != 0) {
                throw new IllegalStateException("TPM2_ActivateCredential failed");
            }
            tpm.write("duplicate", sized(parts.get(2)).toArray());
            tpm.write("seed", sized(parts.get(3)).toArray());
            tpm.write("id.pub", sized(parts.get(4)).toArray());
            tpm.run("tpm2_import -Q -C " + STORAGE_ROOT + " -k secret -i duplicate -s seed -u id.pub -r id.priv");
            tpm.run("tpm2_load -Q -C " + STORAGE_ROOT + " -u id.pub -r id.priv -c id.ctx");
            return new byte[] {1};
        });
    }

    @Override
    public byte[] signWithIdentity(byte[] data) throws SecurityProviderException {
        return step(() -> {
            tpm.write("token", data);
            tpm.run("tpm2_hmac -Q -c id.ctx -o mac token");
            return tpm.file("mac");
        });
    }

    private static Bytes sized(byte[] octets) {
        return Bytes.of(new Marshal().sized(octets).octets());
    }

    private static List<byte[]> parts(byte[] blob) {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        List<byte[]> parts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] part = new byte[buffer.getShort()];
            buffer.get(part);
            parts.add(part);
        }
        return parts;
    }
}
