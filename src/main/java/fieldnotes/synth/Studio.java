package fieldnotes.synth;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Generates labelled sound: radio programmes with labelled segments, music of known style, everyday
 * sounds of known class. Needs no recordings and no network. The same options give the same bytes
 * on every machine and any number of threads.
 *
 * <ul>
 *   <li>{@code episodes/}: 16 kHz; {@code episodes.csv} lists segments of speech, music, both or
 *       silence, with speaker and music style
 *   <li>{@code tracks/}: 22,050 Hz, equal length; {@code tracks.csv} has style, tempo, key,
 *       instruments
 *   <li>{@code sounds/}: 22,050 Hz, 2–5 s; {@code sounds.csv} has the class
 *   <li>{@code about.txt}: the options
 * </ul>
 *
 * All files are mono 16-bit WAV.
 */
public final class Studio {
  /** Increased whenever the same options give different bytes. */
  static final int VERSION = 2;

  /** The class name in {@code about.txt}; fixed, as it is part of the bytes of version 2. */
  private static final String MADE_BY = "fieldnotes.data.Studio";

  private static final int RATE = 22_050;
  private static final List<MusicStyle> STYLES = List.of(MusicStyle.values());
  private static final String ABOUT = "about.txt";

  /** Written last: if it exists, the set is complete. */
  private static final String LAST_TABLE = "sounds/sounds.csv";

  private Studio() {}

  /** A file to generate. The last argument of {@code make} is the start of its table rows. */
  private record Item(String table, String file, BiFunction<StudioOptions, String, Made> make) {}

  /** A generated file: samples, rate and table rows. */
  private record Made(float[] samples, int rateHz, String rows) {}

  /**
   * Generates the files in {@code folder}, which is created if needed. An interrupted run with the
   * same options is resumed; finished files are kept.
   *
   * @return the folder
   * @throws IllegalArgumentException if the folder holds other files, or those of other options
   * @throws UncheckedIOException if the folder cannot be written
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; finished
   *     files are kept
   */
  public static Path make(Path folder, StudioOptions options) {
    List<Item> items = items(options);
    try {
      if (!begin(folder, options)) {
        return folder;
      }
      for (String sub : List.of("episodes", "tracks", "sounds", "rows")) {
        WholeFile.makeFolder(folder.resolve(sub));
      }
      try (Progress progress = Progress.start("making the studio's sound", items.size())) {
        Parallel.forEach(
            items.size(),
            i -> {
              make(folder, items.get(i), options);
              progress.note(items.get(i).file());
              progress.advance(1);
            });
      }
      for (String sub : List.of("episodes", "tracks", "sounds")) {
        WholeFile.sweep(folder.resolve(sub));
      }
      writeTables(folder, items);
    } catch (IOException e) {
      throw Reason.unchecked("cannot write generated sound to " + folder, e);
    }
    return folder;
  }

  /** See {@link #make(Path, StudioOptions)}. */
  public static Path make(String folder, StudioOptions options) {
    return make(Path.of(folder), options);
  }

  /** Writes the options into the folder; returns whether anything is left to generate. */
  private static boolean begin(Path folder, StudioOptions options) throws IOException {
    Path about = folder.resolve(ABOUT);
    if (WholeFile.isFile(about)) {
      Check.that(
          Files.readString(about).equals(about(options)),
          "folder=%s: holds generated sound of other options; give an empty folder, or delete it",
          folder);
      boolean finished = WholeFile.isFile(folder.resolve(LAST_TABLE));
      if (finished) {
        clearRows(folder, items(options));
      }
      return !finished;
    }
    if (Files.isDirectory(folder)) {
      WholeFile.sweep(folder); // a run that was killed before it wrote anything
      try (Stream<Path> inside = Files.list(folder)) {
        Check.that(
            inside.allMatch(WholeFile::isBeingWritten),
            "folder=%s: is not empty; give an empty folder or a new one",
            folder);
      }
    }
    WholeFile.makeFolder(folder);
    WholeFile.write(about, about(options).getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** The text of {@code about.txt}, unique for options and version. */
  public static String about(StudioOptions options) {
    return String.format(
            Locale.ROOT,
            "Generated by Fieldnotes (%s), version %d: %s.\n",
            MADE_BY,
            VERSION,
            options)
        + "Synthetic speech, music and sounds. See data/README.md.\n";
  }

  /** The number of sound files that these options give. */
  public static int files(StudioOptions options) {
    return items(options).size();
  }

  private static List<Item> items(StudioOptions options) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < options.episodes(); i++) {
      int index = i;
      String file = String.format(Locale.ROOT, "episodes/episode-%02d.wav", i + 1);
      items.add(new Item("episodes", file, (o, name) -> episode(o, index, name)));
    }
    for (int i = 0; i < options.tracks(); i++) {
      int index = i;
      String file = String.format(Locale.ROOT, "tracks/track-%02d.wav", i + 1);
      items.add(new Item("tracks", file, (o, name) -> track(o, index, name)));
    }
    for (EverydaySound what : EverydaySound.values()) {
      for (int i = 0; i < options.soundsPerClass(); i++) {
        int index = i;
        String file = String.format(Locale.ROOT, "sounds/%s-%02d.wav", what.label(), i + 1);
        items.add(new Item("sounds", file, (o, name) -> sound(o, what, index, name)));
      }
    }
    return items;
  }

  private static Path rowsOf(Path work, Item item) {
    return work.resolve("rows").resolve(item.file().replace('/', '-').replace(".wav", ".csv"));
  }

  private static void make(Path work, Item item, StudioOptions options) {
    Path file = work.resolve(item.file());
    if (Files.exists(file)) {
      return; // finished: the rows are written before the sound
    }
    Made made = item.make().apply(options, item.file().substring(item.file().indexOf('/') + 1));
    try {
      WholeFile.write(rowsOf(work, item), made.rows());
      WholeFile.write(file, wav(made.samples(), made.rateHz()));
    } catch (IOException e) {
      throw Reason.unchecked("cannot write generated sound", e);
    }
  }

  private static void writeTables(Path work, List<Item> items) throws IOException {
    StringBuilder episodes =
        new StringBuilder(
            "file,start_s,end_s,what,speaker_pitch_hz,speaker_words_per_minute,speaker_tract,"
                + "telephone,style,tempo_bpm,speech_above_music_db\n");
    StringBuilder tracks = new StringBuilder("file,style,tempo_bpm,key,instruments,seconds\n");
    StringBuilder sounds = new StringBuilder("file,class,seconds\n");
    for (Item item : items) {
      StringBuilder table =
          switch (item.table()) {
            case "episodes" -> episodes;
            case "tracks" -> tracks;
            default -> sounds;
          };
      table.append(Files.readString(rowsOf(work, item)));
    }
    WholeFile.write(work.resolve("episodes/episodes.csv"), bytes(episodes));
    WholeFile.write(work.resolve("tracks/tracks.csv"), bytes(tracks));
    WholeFile.write(work.resolve(LAST_TABLE), bytes(sounds));
    clearRows(work, items);
  }

  private static void clearRows(Path work, List<Item> items) throws IOException {
    for (Item item : items) {
      Files.deleteIfExists(rowsOf(work, item));
    }
    Files.deleteIfExists(work.resolve("rows"));
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Made episode(StudioOptions options, int index, String name) {
    Episode episode = Episode.of(options.seed(), index);
    StringBuilder rows = new StringBuilder();
    for (Episode.Part part : episode.parts()) {
      SynthSpeech.Speaker who = part.speaker();
      rows.append(name)
          .append(number(",%.3f", (double) part.from() / Episode.RATE))
          .append(number(",%.3f", (double) part.to() / Episode.RATE))
          .append(',')
          .append(part.what())
          .append(who == null ? ",,,," : number(",%.0f", who.pitchHz()))
          .append(who == null ? "" : number(",%.0f", who.wordsPerMinute()))
          .append(who == null ? "" : number(",%.2f", who.tract()))
          .append(who == null ? "" : "," + part.telephone())
          .append(part.style() == null ? ",," : "," + part.style().label())
          .append(part.style() == null ? "" : number(",%.0f", part.beatsPerMinute()))
          .append(part.what().equals("both") ? number(",%.1f", part.speechAboveMusicDb()) : ",")
          .append('\n');
    }
    return new Made(episode.sound(), Episode.RATE, rows.toString());
  }

  private static Made track(StudioOptions options, int index, String name) {
    MusicStyle style = STYLES.get(index % STYLES.size());
    Dice dice = Dice.of(options.seed(), "track " + index);
    SynthMusic.Piece piece = SynthMusic.piece(style, options.trackSeconds(), RATE, dice.next());
    float[] samples = Dsp.toPeak(piece.clip().samples(), dice.between(-7, -1));
    String rows =
        String.format(
            Locale.ROOT,
            "%s,%s,%.0f,%s,%s,%.3f%n",
            name,
            style.label(),
            piece.beatsPerMinute(),
            piece.key(),
            piece.instruments(),
            (double) samples.length / RATE);
    return new Made(samples, RATE, rows.replace("\r", ""));
  }

  private static Made sound(StudioOptions options, EverydaySound what, int index, String name) {
    Dice dice = Dice.of(options.seed(), what.label() + " " + index);
    double seconds = dice.between(2, 5);
    float[] samples = SynthSounds.sound(what, seconds, RATE, dice.next()).samples();
    String rows = name + "," + what.label() + number(",%.3f", (double) samples.length / RATE);
    return new Made(samples, RATE, rows + "\n");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Encodes mono 16-bit WAV; samples are rounded to nearest. */
  private static byte[] wav(float[] samples, int rate) {
    ByteBuffer b = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    b.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    b.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    b.putShort((short) 2).putShort((short) 16);
    b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    for (float v : samples) {
      b.putShort((short) Math.max(-32768, Math.min(32767, Math.rint(v * 32768.0))));
    }
    return b.array();
  }
}
