package io.muster.store.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Makes short text shorter: DEFLATE (RFC 1951) with a dictionary of the sentences that Muster says. A sentence that
/// is not in it is only longer. The dictionary's number is written first; a dictionary never changes, a better one is
/// a new number.
public final class Squeeze {

    private static final int DICTIONARY = 1;
    private static final int MOST_BYTES = 1 << 18;
    private static final int KEPT = 16;

    private final byte[] dictionary = read();
    private final ArrayBlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(KEPT);

    /// The shorter form.
    public byte[] squeeze(byte[] plain) {
        Deflater deflater = Objects.requireNonNullElseGet(idle.poll(), () -> new Deflater(6, true));
        deflater.reset();
        deflater.setDictionary(dictionary);
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 16);
        out.write(DICTIONARY);
        byte[] buffer = new byte[1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        if (!idle.offer(deflater)) {
            deflater.end();
        }
        return out.toByteArray();
    }

    /// What was squeezed.
    public byte[] expand(byte[] squeezed) {
        if (squeezed.length == 0 || squeezed[0] != DICTIONARY) {
            throw new IllegalStateException("A row was written with a dictionary that this version does not hold.");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary);
            inflater.setInput(squeezed, 1, squeezed.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(squeezed.length * 4);
            byte[] buffer = new byte[4096];
            for (int read = inflater.inflate(buffer); read > 0; read = inflater.inflate(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > MOST_BYTES) {
                    throw new IllegalStateException("A row expands to more than " + MOST_BYTES + " bytes.");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("A row does not expand.", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] read() {
        String name = "sentences-" + DICTIONARY + ".txt";
        try (InputStream in = Objects.requireNonNull(Squeeze.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
