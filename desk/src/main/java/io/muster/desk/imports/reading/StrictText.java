package io.muster.desk.imports.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Text in UTF-8 from its first byte to its last, without NUL, in records of bounded length. It stops at the place of
/// the first byte that is otherwise. A byte order mark at the beginning is passed over.
final class StrictText extends Reader {

    /// Longest record, in characters.
    static final int LONGEST = 64 * 1024;

    /// What a parser may have read ahead.
    private static final int AHEAD = 32 * 1024;

    private static final int BLOCK = 8 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).flip();
    private boolean begun;
    private boolean ended;
    private long line = 1;
    private long column;
    private long sinceRecord;

    StrictText(InputStream in) {
        this.in = in;
    }

    /// The parser begins with another record.
    void record() {
        sinceRecord = 0;
    }

    @Override
    public int read(char[] to, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        CharBuffer chars = CharBuffer.wrap(to, from, Math.min(most, BLOCK));
        int start = chars.position();
        while (chars.position() == start) {
            if (!bytes.hasRemaining() && ended) {
                return -1;
            }
            decode(chars);
            passOverMark(chars, start);
        }
        int got = chars.position() - start;
        bounded(got);
        return got;
    }

    private void decode(CharBuffer chars) throws IOException {
        fill();
        int before = chars.position();
        CoderResult result = decoder.decode(bytes, chars, ended);
        look(chars, before);
        if (result.isError() || (ended && result.isUnderflow() && bytes.hasRemaining())) {
            throw new Unreadable(
                    line,
                    "The byte at character " + (column + 1) + " of this line is not UTF-8: the file is in another"
                            + " encoding, or mixes two.",
                    "Write the whole file in UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW");
        }
    }

    private void fill() throws IOException {
        if (ended || (bytes.hasRemaining() && bytes.remaining() >= 4)) {
            return;
        }
        bytes.compact();
        int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = got < 0;
        bytes.position(bytes.position() + Math.max(0, got)).flip();
    }

    private void look(CharBuffer chars, int from) {
        for (int i = from; i < chars.position(); i++) {
            char c = chars.array()[i];
            if (c == '\n') {
                line++;
                column = 0;
            } else {
                column++;
            }
            if (c == 0) {
                throw new Unreadable(
                        line,
                        "Character " + column + " of this line is NUL: the file is in UTF-16, or it is no text.",
                        "Write it in UTF-8 without NUL, for example: iconv -f UTF-16 -t UTF-8 FILE > NEW");
            }
        }
    }

    private void passOverMark(CharBuffer chars, int start) {
        if (begun || chars.position() == start) {
            return;
        }
        begun = true;
        if (chars.array()[start] == BYTE_ORDER_MARK) {
            int length = chars.position() - start - 1;
            System.arraycopy(chars.array(), start + 1, chars.array(), start, length);
            chars.position(chars.position() - 1);
            column--;
        }
    }

    private void bounded(int got) {
        sinceRecord += got;
        if (sinceRecord > LONGEST + AHEAD) {
            throw new Unreadable(
                    line,
                    "A line or an element that ends here, or has not ended yet, is longer than " + LONGEST / 1024
                            + " KiB.",
                    "Look for a line break or a quotation mark that is missing before this place.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
