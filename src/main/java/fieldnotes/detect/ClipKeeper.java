package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the sound of events as WAVE files, each written whole. Where the clips of a folder take
 * more than a limit, the oldest that were kept here are deleted, never another file.
 */
public final class ClipKeeper {
  /** What is kept of a long sound: its last part. */
  private static final double MOST_SECONDS = 60;

  /** An event is given a while after its end: most gaps that are joined, and some windows. */
  private static final double WAIT_SECONDS = 90;

  /** Kept before and after an event. */
  private static final double AROUND_SECONDS = 0.25;

  private static final int HEADER_BYTES = 44;

  private final Path folder;
  private final long limit;
  private final int rateHz;
  private final Consumer<String> log;
  private final float[] ring;
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private long received;
  private long used;
  private boolean full;
  private boolean cut;

  /** A clip that was kept here; it may be gone since. */
  private record Kept(Path file, long bytes) {}

  /**
   * @param folder made if it does not exist
   * @param limitBytes of all WAVE files in the folder, above 0
   * @throws IOException if the folder cannot be made or looked at
   */
  public ClipKeeper(Path folder, long limitBytes, int rateHz, Consumer<String> log)
      throws IOException {
    Check.that(limitBytes > 0, "limitBytes=%d: must be above 0", limitBytes);
    this.folder = folder;
    this.rateHz = rateHz;
    this.log = log;
    limit = limitBytes;
    ring = new float[(int) Math.ceil((MOST_SECONDS + WAIT_SECONDS) * rateHz)];
    WholeFile.makeFolder(folder);
    used = inFolder();
  }

  private long inFolder() throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.wav")) {
      for (Path file : files) {
        bytes += size(file);
      }
    } catch (DirectoryIteratorException e) {
      throw new IOException(folder + ": " + Reason.words(e.getCause()), e);
    }
    return bytes;
  }

  /** Size of a file; 0 if somebody has just taken it away. */
  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** A part of a stream begins; nothing before it belongs to an event. */
  public void begins() {
    received = 0;
  }

  /** Takes the next samples of the part. */
  public void take(float[] block, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (received++ % ring.length)] = block[i];
    }
  }

  /**
   * Keeps an event.
   *
   * @param name of the file, without its end; what is no letter, digit, dot or dash becomes a dash
   * @param event its times are those of the samples of the part
   * @return the file, if there is room for it
   * @throws UncheckedIOException or {@link fieldnotes.audio.AudioException} if it cannot be written
   */
  public Optional<Path> keep(String name, SoundEvent event) {
    long to = Math.min(received, Math.round((event.endSeconds() + AROUND_SECONDS) * rateHz));
    long from = Math.max(0, Math.round((event.startSeconds() - AROUND_SECONDS) * rateHz));
    from = Math.max(from, to - (long) (MOST_SECONDS * rateHz));
    if (from < received - ring.length) {
      from = received - ring.length;
      tellCut();
    }
    if (to <= from) {
      return Optional.empty();
    }
    float[] samples = new float[(int) (to - from)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ring[(int) ((from + i) % ring.length)];
    }
    long bytes = HEADER_BYTES + 2L * samples.length;
    try {
      makeRoom(bytes);
      if (used + bytes > limit) {
        if (!full) {
          log.accept(folder + ": its WAVE files take " + (used >> 20) + " MB: no more are kept");
        }
        full = true;
        return Optional.empty();
      }
      full = false;
      Path file = free(name.replaceAll("[^\\p{L}\\p{N}.\\-]+", "-").replaceAll("^\\.+", ""));
      AudioFiles.writeWav(Clip.of(name, samples, rateHz), file);
      used += bytes;
      kept.add(new Kept(file, bytes));
      return Optional.of(file);
    } catch (IOException e) {
      throw Reason.unchecked(folder + ": no room can be made", e);
    }
  }

  private void makeRoom(long bytes) throws IOException {
    while (used + bytes > limit && !kept.isEmpty()) {
      Files.deleteIfExists(kept.element().file());
      used -= kept.remove().bytes();
    }
    if (used + bytes > limit) { // unless somebody has made room
      used = inFolder();
    }
  }

  private void tellCut() {
    if (!cut) {
      log.accept(
          "%s: a sound was told so late that the beginning of its clip is missing, as only the last"
                  .formatted(folder)
              + " %s s are in memory".formatted(ring.length / rateHz));
    }
    cut = true;
  }

  private Path free(String name) {
    Path file = folder.resolve(name + ".wav");
    for (int i = 2; Files.exists(file); i++) {
      file = folder.resolve(name + "-" + i + ".wav");
    }
    return file;
  }
}
