package io.muster.cli.command;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A text file that an option names, read when the option is.
///
/// @param path as it was given
record TextFile(String path, String text) {

    private static final long MOST_BYTES = 512 * 1024;

    /// Reads the file, or says why it cannot be read.
    static final class Reader implements ITypeConverter<TextFile> {
        @Override
        public TextFile convert(String value) {
            return read(value, MOST_BYTES);
        }
    }

    static TextFile read(String value, long mostBytes) {
        try {
            Path file = Path.of(value);
            if (Files.size(file) > mostBytes) {
                throw new TypeConversionException(value + " is larger than " + mostBytes + " bytes");
            }
            return new TextFile(value, Files.readString(file));
        } catch (NoSuchFileException _) {
            throw new TypeConversionException("there is no file " + value);
        } catch (AccessDeniedException _) {
            throw new TypeConversionException(value + " may not be read by this user");
        } catch (MalformedInputException _) {
            throw new TypeConversionException(value + " is not a text file (certificates and keys are given in PEM)");
        } catch (IOException e) {
            throw new TypeConversionException(value + " cannot be read: " + e.getMessage());
        }
    }
}
