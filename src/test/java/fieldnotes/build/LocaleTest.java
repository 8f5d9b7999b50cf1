package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LocaleTest {
  /** A text with a fraction, a thousands' sign or leading zeros, formatted as the country does. */
  private static final Pattern AS_THE_COUNTRY_DOES =
      Pattern.compile(
          "%[-+ ]?\\d*[,.0](?:[^\"\\\\]|\\\\.)*+\"(?:\\s*+\\+\\s*+(?:\"(?:[^\"\\\\]|\\\\.)*+\"|\\w++))*+"
              + "\\)?\\s*+\\.formatted\\(");

  @Test
  @DisplayName("numbers with a point, a comma or zeros before them are written by Locale.ROOT")
  void sources() throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        var match = AS_THE_COUNTRY_DOES.matcher(Files.readString(file));
        while (match.find()) {
          found.add(file.getFileName() + ": " + match.group());
        }
      }
    }
    assertThat(found).as("use String.format(Locale.ROOT, …)").isEmpty();
  }
}
