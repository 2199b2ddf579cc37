package io.muster.store.keyring;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The installation's keyring. Several nodes may share one directory.
public final class Keyring {

    private static final int BUCKETS = 64;
    private static final String MASTER = "master.key";
    private static final String INDEX = "index.keys";

    private final KeyDirectory directory;
    private final Ciphers ciphers;
    private final Aead master;
    private final IndexKeys index;
    private final String fingerprint;
    private final Map<Integer, TenantKeys> tenants = new ConcurrentHashMap<>();

    private record MasterFile(int format, String key) {
        @Override
        public String toString() {
            return "MasterFile[format=" + format + "]";
        }
    }

    private record IndexFile(String slot, int current, SortedMap<Integer, String> peppers) {
        @Override
        public String toString() {
            return "IndexFile[current=" + current + "]";
        }
    }

    private record TenantFile(String own, List<Integer> current, SortedMap<Integer, String> buckets) {
        @Override
        public String toString() {
            return "TenantFile[current=" + current + "]";
        }
    }

    private Keyring(KeyDirectory directory, Ciphers ciphers, byte[] masterKey) {
        this.directory = directory;
        this.ciphers = ciphers;
        this.master = ciphers.aead(masterKey);
        IndexFile read = readOrCreate(INDEX, IndexFile.class, this::newIndexFile);
        TreeMap<Integer, SecretKey> peppers = new TreeMap<>();
        read.peppers().forEach((version, key) -> peppers.put(version, hmacKey(decode(key))));
        this.index = new IndexKeys(hmacKey(decode(read.slot())), read.current(), peppers);
        this.fingerprint = fingerprint(masterKey, decode(read.slot()));
    }

    /// Whether there is a keyring in this directory.
    public static boolean exists(Path path) {
        return Files.exists(path.resolve(MASTER));
    }

    /// Opens the keyring; an empty or missing directory becomes a new one.
    ///
    /// @throws KeyringException when others may read it, it is damaged, or it is of another format
    public static Keyring open(Path path) {
        Ciphers ciphers = new Ciphers();
        KeyDirectory directory = KeyDirectory.open(path, new SecureRandom());
        if (directory.read(MASTER).isEmpty()) {
            directory.publish(MASTER, KeyFile.plain(new MasterFile(KeyFile.FORMAT, newKey(ciphers))));
        }
        byte[] file = directory.read(MASTER).orElseThrow(() -> missing(MASTER));
        MasterFile read = KeyFile.plain(MASTER, file, MasterFile.class);
        KeyFile.refuseOtherFormat(MASTER, read.format());
        return new Keyring(directory, ciphers, decode(read.key()));
    }

    /// Where it lies.
    public Path path() {
        return directory.path();
    }

    /// Tells this keyring from any other, and nothing about its keys.
    public String fingerprint() {
        return fingerprint;
    }

    /// Makes keys, and ciphers of them.
    public Ciphers ciphers() {
        return ciphers;
    }

    /// The keys of the blind indexes.
    public IndexKeys index() {
        return index;
    }

    /// The keys of a tenant, made when it has none.
    public TenantKeys tenant(int tenant) {
        return tenants.computeIfAbsent(tenant, this::readTenant);
    }

    private TenantKeys readTenant(int tenant) {
        TenantFile read = readOrCreate("tenant-" + tenant + ".keys", TenantFile.class, this::newTenantFile);
        Map<Integer, Aead> buckets = new HashMap<>();
        read.buckets().forEach((number, key) -> buckets.put(number, ciphers.aead(decode(key))));
        byte[] own = decode(read.own());
        return new TenantKeys(hmacKey(own), ciphers.aead(own), buckets, read.current());
    }

    private <T> T readOrCreate(String name, Class<T> type, Supplier<T> fresh) {
        if (directory.read(name).isEmpty()) {
            directory.publish(name, KeyFile.wrap(master, name, fresh.get()));
        }
        return KeyFile.unwrap(master, name, directory.read(name).orElseThrow(() -> missing(name)), type);
    }

    private IndexFile newIndexFile() {
        return new IndexFile(newKey(ciphers), 1, new TreeMap<>(Map.of(1, newKey(ciphers))));
    }

    private TenantFile newTenantFile() {
        List<Integer> current = new ArrayList<>();
        SortedMap<Integer, String> buckets = new TreeMap<>();
        for (int number = 0; number < BUCKETS; number++) {
            current.add(number);
            buckets.put(number, newKey(ciphers));
        }
        return new TenantFile(newKey(ciphers), current, buckets);
    }

    private static String fingerprint(byte[] masterKey, byte[] slotKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(hmacKey(masterKey));
            mac.update("muster keyring fingerprint".getBytes(StandardCharsets.UTF_8));
            mac.update(slotKey);
            return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new KeyringException("HmacSHA256 is missing in this Java.", e);
        }
    }

    private static KeyringException missing(String name) {
        return new KeyringException("The key file " + name + " disappeared while it was being read.");
    }

    private static String newKey(Ciphers ciphers) {
        return Base64.getEncoder().encodeToString(ciphers.newKey());
    }

    private static byte[] decode(String key) {
        byte[] bytes = Base64.getDecoder().decode(key);
        if (bytes.length != Ciphers.KEY_BYTES) {
            throw new KeyringException("A key in the keyring is " + bytes.length + " bytes long, not "
                    + Ciphers.KEY_BYTES + ". Restore the keyring from its copy.");
        }
        return bytes;
    }

    private static SecretKey hmacKey(byte[] key) {
        return new SecretKeySpec(key, "HmacSHA256");
    }
}
