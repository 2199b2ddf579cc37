package io.muster.desk.imports.reading;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.muster.desk.exchange.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CSV of RFC 4180, separated by commas, its first line the titles.
final class CsvRows implements Items {

    private static final int LARGEST_BUFFER = 256 * 1024;

    private final StrictText text;
    private final CloseableIterator<CsvRecord> records;
    private final CsvBody body;
    private final List<Column> titles;
    private long last;

    CsvRows(InputStream file, StrictJson json) throws IOException {
        this.text = new StrictText(file);
        this.body = new CsvBody(json);
        this.records = CsvReader.builder()
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LARGEST_BUFFER)
                .ofCsvRecord(text)
                .iterator();
        this.titles = record().map(CsvRows::titles).orElse(List.of());
    }

    @Override
    public Optional<Item> next() throws IOException {
        return record().map(this::item);
    }

    private Optional<CsvRecord> record() throws IOException {
        text.record();
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
            CsvRecord record = records.next();
            last = record.getStartingLineNumber();
            return Optional.of(record);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw e.getCause() instanceof Unreadable unreadable ? unreadable : notCsv();
        }
    }

    private Unreadable notCsv() {
        return new Unreadable(
                last + 1,
                "From here on this is not CSV as RFC 4180 has it: a quotation mark is missing, or stands in the"
                        + " middle of a field.",
                "Put a field with commas, line breaks or quotation marks between quotation marks, and write each of"
                        + " its own twice.");
    }

    private Item item(CsvRecord record) {
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != titles.size()) {
            return Item.bad(
                    line,
                    "",
                    "The line has " + record.getFieldCount() + " fields, the line of titles " + titles.size() + ".",
                    "Give each line as many fields as there are titles; leave a field empty where it has no value.");
        }
        Map<Column, String> values = new EnumMap<>(Column.class);
        for (int i = 0; i < titles.size(); i++) {
            String value = record.getField(i).strip();
            if (!value.isEmpty()) {
                values.put(titles.get(i), value);
            }
        }
        return body.item(line, values);
    }

    private static List<Column> titles(CsvRecord first) {
        List<Column> titles = new ArrayList<>();
        for (String title : first.getFields()) {
            Column column = Column.titled(title.strip()).orElseThrow(() -> unknown(first, titles.size() + 1));
            if (titles.contains(column)) {
                throw new Unreadable(
                        first.getStartingLineNumber(),
                        "The title " + column.title() + " stands there twice.",
                        "Give each column a title of its own.");
            }
            titles.add(column);
        }
        if (!titles.contains(Column.REGISTRATION_ID)) {
            throw new Unreadable(
                    first.getStartingLineNumber(),
                    "No column is titled registrationId.",
                    "Begin the file with a line of titles: " + Column.all() + ".");
        }
        return titles;
    }

    private static Unreadable unknown(CsvRecord first, int column) {
        boolean otherSeparator =
                first.getFieldCount() == 1 && first.getField(0).chars().anyMatch(c -> c == ';' || c == '\t');
        return new Unreadable(
                first.getStartingLineNumber(),
                otherSeparator
                        ? "The titles are not separated by commas."
                        : "The title of column " + column + " is not known.",
                otherSeparator
                        ? "Export the file again with commas between its fields."
                        : "Begin the file with a line of titles, of these: " + Column.all() + ".");
    }
}
