package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A playlist: sound files in order, with titles and lengths. It is written as M3U in UTF-8, and
 * read from M3U, M3U8 or PLS as {@link SoundFiles#playlist(Path)} describes.
 *
 * <p>A part of a file is written with the lines {@code #EXTVLCOPT:start-time=…} and {@code
 * stop-time=…}, which VLC follows; other players ignore them and play the whole file.
 *
 * @param title what the line {@code #PLAYLIST:} says; may be empty
 * @param entries in order; a file may occur several times
 * @param failures entries that name no file, with line and reason
 */
public record Playlist(String title, List<Entry> entries, List<SoundFiles.Failure> failures) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final Pattern ADDRESS = Pattern.compile("(?is)[a-z][a-z0-9+.-]+:.*");

  /** Copies the lists. */
  public Playlist {
    entries = List.copyOf(entries);
    failures = List.copyOf(failures);
  }

  /**
   * One entry.
   *
   * @param file the sound file
   * @param title what players show; may be empty
   * @param seconds length of the file or part; NaN if unknown
   * @param startSeconds where to start, at least 0
   * @param endSeconds where to stop; NaN for the end of the file
   */
  public record Entry(
      SoundFiles.Item file, String title, double seconds, double startSeconds, double endSeconds) {
    /** Checks the times. */
    public Entry {
      Check.that(
          Double.isNaN(seconds) || (seconds >= 0 && seconds < 1e9),
          "%s: seconds=%s: must be at least 0, or NaN if unknown",
          file.name(),
          seconds);
      Check.that(
          startSeconds >= 0
              && startSeconds < 1e9
              && (Double.isNaN(endSeconds) || (endSeconds > startSeconds && endSeconds < 1e9)),
          "%s: startSeconds=%s, endSeconds=%s: the end must lie after the start",
          file.name(),
          startSeconds,
          endSeconds);
    }

    /** A whole file without title. */
    public static Entry of(Path file) {
      return new Entry(
          new SoundFiles.Item(file, FolderWalk.slashes(file), ""), "", Double.NaN, 0, Double.NaN);
    }

    /** Returns a copy with a title and a length in seconds, NaN if unknown. */
    public Entry withTitle(String text, double length) {
      return new Entry(file, text, length, startSeconds, endSeconds);
    }

    /** Returns a copy that plays this part; the end is NaN for the end of the file. */
    public Entry withPart(double from, double to) {
      return new Entry(file, title, seconds, from, to);
    }
  }

  /** A playlist of these entries, without title. */
  public static Playlist of(List<Entry> entries) {
    return new Playlist("", entries, List.of());
  }

  /**
   * Reads a playlist. Entries without a file are in {@link #failures}; the rest is read.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  public static Playlist read(Path file) {
    return FileLists.playlist(file, ListOptions.of());
  }

  /** Returns a copy with this title. */
  public Playlist withTitle(String text) {
    return new Playlist(text, entries, failures);
  }

  /**
   * Writes it as extended M3U in UTF-8. Paths are relative to the playlist's folder where both are
   * on the same drive, so that folder and playlist can move together.
   *
   * @param file ends in {@code .m3u} or {@code .m3u8}; folders are created if missing
   * @return the file
   * @throws IllegalArgumentException if it ends otherwise, or a file name has a line feed, which a
   *     playlist cannot hold
   */
  public Path write(Path file) {
    String ending = FolderWalk.ending(file);
    Check.that(
        ending.equals("m3u") || ending.equals("m3u8"),
        "%s: a playlist is written as .m3u or .m3u8",
        file);
    Path home = file.toAbsolutePath().normalize().getParent();
    StringBuilder text = new StringBuilder("#EXTM3U\n");
    if (!title.isEmpty()) {
      text.append("#PLAYLIST:").append(plain(title)).append('\n');
    }
    for (Entry entry : entries) {
      if (!entry.title.isEmpty() || !Double.isNaN(entry.seconds)) {
        String length = Double.isNaN(entry.seconds) ? "-1" : number(entry.seconds);
        text.append("#EXTINF:" + length + "," + plain(entry.title) + "\n");
      }
      if (entry.startSeconds > 0) {
        text.append("#EXTVLCOPT:start-time=" + number(entry.startSeconds) + "\n");
      }
      if (!Double.isNaN(entry.endSeconds)) {
        text.append("#EXTVLCOPT:stop-time=" + number(entry.endSeconds) + "\n");
      }
      text.append(line(home, entry.file.path())).append('\n');
    }
    try {
      WholeFile.write(file, text.toString());
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the playlist", e);
    }
    return file;
  }

  private static String plain(String title) {
    return CONTROL.matcher(title).replaceAll(" ").strip();
  }

  /** Exact, as plain decimals. */
  private static String number(double seconds) {
    BigDecimal exact = new BigDecimal(Double.toString(seconds)).stripTrailingZeros();
    return exact.setScale(Math.max(0, exact.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  /** The path from the playlist's folder, so written that it is read back as it is. */
  private static String line(Path home, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    boolean relative = whole.getRoot() != null && whole.getRoot().equals(home.getRoot());
    String path = relative ? FolderWalk.slashes(home.relativize(whole)) : whole.toString();
    Check.that(
        path.indexOf('\n') < 0 && path.indexOf('\r') < 0,
        "%s: its name has a line feed, which a playlist cannot hold; rename the file",
        Quoted.line(path));
    boolean misread =
        path.strip().startsWith("#")
            || path.isBlank()
            || path.startsWith("\uFEFF")
            || (relative && ADDRESS.matcher(path).matches());
    return misread ? "./" + path : path;
  }
}
