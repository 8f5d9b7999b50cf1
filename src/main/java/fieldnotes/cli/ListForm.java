package fieldnotes.cli;

import fieldnotes.audio.ListOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that say how CSV lists and playlists are written. */
final class ListForm {
  @Option(
      names = "--separator",
      paramLabel = "SIGN",
      description =
          "What stands between the cells of a CSV list: one character, tab, or space for any run of"
              + " blanks (default: guessed and printed).")
  private String separator;

  @Option(
      names = "--quote",
      paramLabel = "SIGN",
      description = "What stands around the cells of a CSV list (default: double quotes).")
  private String quote;

  @Option(
      names = "--comment",
      paramLabel = "SIGN|none",
      description =
          "Skip the lines of a CSV list that begin with this sign; none skips no line (default:"
              + " guessed and printed).")
  private String comment;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Encoding of CSV lists and playlists, for example windows-1252 (default: guessed and"
              + " printed).")
  private String encoding;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** The form as far as it was given. */
  ListOptions options() {
    ListOptions options = ListOptions.of();
    try {
      if (separator != null) {
        options = options.withSeparator(sign("--separator", separator, "tab or space"));
      }
      if (quote != null) {
        options = options.withQuote(sign("--quote", quote, "tab"));
      }
      if (comment != null) {
        options =
            comment.equals("none")
                ? options.withoutComments()
                : options.withComment(sign("--comment", comment, "none"));
      }
      return encoding == null ? options : options.withEncoding(encoding);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private char sign(String option, String text, String words) {
    return switch (text) {
      case "tab", "\\t" -> '\t';
      case "space" -> ' ';
      default -> {
        if (text.length() != 1) {
          throw new ParameterException(
              spec.commandLine(),
              Printed.of("%s='%s': must be one character or %s", option, text, words));
        }
        yield text.charAt(0);
      }
    };
  }
}
