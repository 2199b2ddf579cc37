package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/// Parses what a device wrote (RFC 8259): no duplicate names, bounded in every direction. Buffers are shared among all
/// threads: each message has a thread of its own.
public final class StrictJson {

    /// Octets of a text that is looked at; the largest message of any dialect.
    public static final int LONGEST = 256 * 1024;

    /// Objects and lists inside one another.
    public static final int DEEPEST = 32;

    private static final int LONGEST_NUMBER = 64;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LONGEST)
                    .maxStringLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    public JsonParser of(byte[] text) throws IOException {
        return factory.createParser(text);
    }

    public JsonParser of(String text) throws IOException {
        return factory.createParser(text);
    }
}
