package fieldnotes.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one formatter, google-java-format: {@link FormatIT} checks every source with it and {@code
 * ./workbench format} applies it. It runs on the JDK that the build selected, so that a {@code mvn}
 * started on an older one can read today's syntax too.
 */
public final class Format {
  private Format() {}

  /** Rewrites every Java file below the folders given, {@code src} if none, and names them. */
  public static void main(String[] folders) throws IOException, FormatterException {
    for (Path file : unformatted(folders.length == 0 ? List.of("src") : List.of(folders))) {
      Files.writeString(file, formatted(Files.readString(file)));
      System.out.println("formatted " + file);
    }
  }

  /** The files that the formatter would change, in order of their path. */
  static List<Path> unformatted(List<String> folders) throws IOException, FormatterException {
    List<Path> found = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          String source = Files.readString(file);
          if (!formatted(source).equals(source)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  private static String formatted(String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(imports);
  }
}
