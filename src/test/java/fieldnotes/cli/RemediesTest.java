package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a message of the library advises can be done at the command line, too. */
class RemediesTest {
  /** What the commands work with. */
  private static final List<String> ROOMS =
      List.of("audio", "cli", "common", "data", "draw", "feature", "journal", "publish", "table");

  /** Messages that no command can meet, and why. */
  private static final Map<String, String> NEVER_MET =
      Map.of(
          "Csv", "no command reads a table whose columns are unknown",
          "CsvTable", "no command reads a table whose columns are unknown",
          "CsvGuess", "no command reads a table whose columns are unknown",
          "Samples", "no command makes samples",
          "ClassRows", "no command makes samples",
          "SampleMaker", "no command makes samples",
          "Features", "a table leaves such bands empty",
          "FramePlan", "no command sets the number of mel bands, and all sets have the default");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern IN_JAVA = Pattern.compile("\\bwith(out)?[A-Z]\\w*");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  private static Set<String> options() {
    Set<String> all = new TreeSet<>();
    options(Main.commandLine(), all);
    return all;
  }

  private static void options(CommandLine line, Set<String> all) {
    line.getCommandSpec().options().forEach(option -> all.addAll(List.of(option.names())));
    line.getSubcommands().values().forEach(sub -> options(sub, all));
  }

  /** The texts of each statement, joined, by class. */
  private static Map<String, List<String>> texts() throws Exception {
    Map<String, List<String>> texts = new TreeMap<>();
    for (String room : ROOMS) {
      try (Stream<Path> files = Files.list(Path.of("src/main/java/fieldnotes", room))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          List<String> mine = new ArrayList<>();
          for (String statement : Files.readString(file).split(";\\s*\n")) {
            StringBuilder text = new StringBuilder();
            LITERAL.matcher(statement).results().forEach(r -> text.append(r.group(1)));
            mine.add(text.toString());
          }
          texts.put(file.getFileName().toString().replace(".java", ""), mine);
        }
      }
    }
    return texts;
  }

  @Test
  @DisplayName("a remedy in Java stands next to an option of the command line")
  void everyRemedy() throws Exception {
    Set<String> options = options();
    List<String> lacking = new ArrayList<>();
    Set<String> found = new TreeSet<>();
    texts()
        .forEach(
            (name, texts) -> {
              for (String text : texts) {
                if (IN_JAVA.matcher(text).find()) {
                  found.add(name);
                  boolean offered = OPTION.matcher(text).results().count() > 0;
                  if (!offered && !NEVER_MET.containsKey(name)) {
                    lacking.add(name + ": " + text);
                  }
                  Matcher option = OPTION.matcher(text);
                  while (option.find()) {
                    if (!options.contains(option.group())) {
                      lacking.add(name + ": there is no " + option.group());
                    }
                  }
                }
              }
            });
    assertThat(lacking).isEmpty();
    assertThat(found).as("the messages are found").contains("AudioException", "SoundTable");
    assertThat(found).as("no exception is left over").containsAll(NEVER_MET.keySet());
  }

  @Test
  @DisplayName("no command reads a table without known columns, so those exceptions hold")
  void noCommandGuessesColumns() throws Exception {
    Pattern guessed = Pattern.compile("Csv\\.read\\(\\w+(\\.\\w+|\\(\\))*\\)");
    for (String room : List.of("cli", "journal", "publish", "feature", "audio")) {
      try (Stream<Path> files = Files.list(Path.of("src/main/java/fieldnotes", room))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(guessed);
        }
      }
    }
  }
}
