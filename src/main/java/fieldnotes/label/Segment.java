package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * A part of a sound file, which a label is about.
 *
 * @param file name of the file: its path with forward slashes, relative to a folder that the holder
 *     of the segments knows
 * @param startSeconds start, at least 0
 * @param endSeconds end, above the start; NaN for the end of the file
 */
public record Segment(String file, double startSeconds, double endSeconds)
    implements Comparable<Segment> {
  /** Checks the times. */
  public Segment {
    Check.that(!file.isBlank(), "file is empty: a segment needs the name of a file");
    Check.that(
        startSeconds >= 0 && startSeconds < 1e9,
        "%s: startSeconds=%s: must be at least 0",
        file,
        startSeconds);
    Check.that(
        Double.isNaN(endSeconds) || (endSeconds > startSeconds && endSeconds < 1e9),
        "%s: endSeconds=%s: must be above startSeconds=%s, or NaN for the end of the file",
        file,
        endSeconds,
        startSeconds);
  }

  /** A whole file. */
  public static Segment of(String file) {
    return new Segment(file, 0, Double.NaN);
  }

  /** Whether this is a whole file. */
  public boolean isWhole() {
    return startSeconds == 0 && Double.isNaN(endSeconds);
  }

  /** The same part of a file of another name. */
  public Segment withFile(String name) {
    return new Segment(name, startSeconds, endSeconds);
  }

  /** By file name, then by start and end; the whole file is last of those that start at 0. */
  @Override
  public int compareTo(Segment other) {
    int byFile = file.compareTo(other.file);
    int byStart = Double.compare(startSeconds, other.startSeconds);
    return byFile != 0
        ? byFile
        : byStart != 0 ? byStart : Double.compare(endSeconds, other.endSeconds);
  }

  /** The file, and the times in seconds if it is a part. */
  @Override
  public String toString() {
    return isWhole()
        ? file
        : String.format(
            Locale.ROOT,
            "%s at %.2f to %s",
            file,
            startSeconds,
            Double.isNaN(endSeconds)
                ? "the end"
                : String.format(Locale.ROOT, "%.2f s", endSeconds));
  }
}
