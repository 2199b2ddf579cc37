package io.muster.desk.imports.reading;

import io.muster.core.roster.Import.Format;
import io.muster.desk.exchange.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/// The formats that are read.
public final class Formats {

    private static final StrictJson JSON = new StrictJson();

    private Formats() {}

    /// Opens a file of a format.
    ///
    /// @param file from its beginning, as often as it is asked for
    public static Items open(Format format, Supplier<InputStream> file) throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(file.get(), JSON);
            case JSONL -> new JsonLines(file.get(), JSON);
            case AZURE_DPS -> new AzureEnrollments(file.get());
            case AWS_IOT -> new AwsThings(file);
        };
    }
}
