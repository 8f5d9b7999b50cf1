package fieldnotes.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Refuses options that would have no effect: silence would look like they had one. */
final class GivenOptions {
  private GivenOptions() {}

  /**
   * Refuses the first of the options that was given on the command line.
   *
   * @param why ends the sentence that begins with the option
   */
  static void refuse(CommandSpec spec, String why, String... options) {
    ParseResult given = spec.commandLine().getParseResult();
    List<String> there = Stream.of(options).filter(given::hasMatchedOption).toList();
    if (!there.isEmpty()) {
      String message = Printed.of("%s %s", there.getFirst(), why);
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Refuses options of {@code detect} for what is not listened to, or not kept. */
  static void ofDetect(
      CommandSpec spec, boolean raw, boolean random, boolean station, boolean keep) {
    if (!raw) {
      String why = "is for raw standard input: give its --format, for example s16le";
      refuse(spec, why, "--rate", "--channels");
    }
    if (!random) {
      refuse(spec, "is for --random FOLDER", "--every", "--seconds", "--seed");
    }
    if (!station) {
      refuse(spec, "is for the address of a stream", "--retries", "--stall");
    }
    if (!keep) {
      refuse(spec, "is for the clips that --keep DIR keeps", "--keep-limit");
    }
  }
}
