package fieldnotes.cli;

import java.util.concurrent.Callable;
import org.bytedeco.ffmpeg.global.avutil;
import picocli.CommandLine.Command;

/** Calls FFmpeg, the only native library, once. */
@Command(
    name = "natives",
    hidden = true,
    description = "Check that the native library works (part of ./workbench doctor).",
    footer = "%nExit code: 0 if it works, 1 if it does not.")
final class NativesCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    try {
      String version = avutil.av_version_info().getString();
      System.out.printf("%-8s %-18s version %s%n", "ok", "FFmpeg", version);
      return 0;
    } catch (LinkageError | RuntimeException failure) {
      String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
      System.out.printf(
          "%-8s %-18s %s: %s%n", "MISSING", "FFmpeg", failure.getClass().getSimpleName(), message);
      System.out.printf("%-8s %-18s → ./workbench clean && ./workbench build%n", "", "");
      return 1;
    }
  }
}
