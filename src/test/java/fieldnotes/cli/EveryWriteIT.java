package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.cluster.ClusterProfiles;
import fieldnotes.common.FaultSweep;
import fieldnotes.common.Warned;
import fieldnotes.common.WholeFile;
import fieldnotes.detect.ClipKeeper;
import fieldnotes.detect.SoundEvent;
import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Better;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.feature.Measure;
import fieldnotes.housing.HousingWork;
import fieldnotes.journal.Entry;
import fieldnotes.journal.Journal;
import fieldnotes.journal.WorkLog;
import fieldnotes.label.Label;
import fieldnotes.label.LabelFiles;
import fieldnotes.label.LabelSet;
import fieldnotes.label.LabelStore;
import fieldnotes.label.Playlists;
import fieldnotes.label.Segment;
import fieldnotes.model.Model;
import fieldnotes.publish.Export;
import fieldnotes.publish.Site;
import fieldnotes.regress.Regressors;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import fieldnotes.table.Csv;
import fieldnotes.table.Matrix;
import fieldnotes.table.Parquet;
import fieldnotes.table.Samples;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Every operation on files that a writer of the program does fails in turn, as in SQLite's tests.
 * {@code -Dfieldnotes.faults=all} tries all; otherwise every so many. Data sets, the feature cache
 * and the kernel's index are tried in their packages.
 */
class EveryWriteIT {
  private static final byte[] LONG = new byte[200_000];

  @TempDir Path home;

  private static void nothing(Path folder) {}

  private static FaultSweep.Work old(String... names) {
    return folder -> {
      for (String name : names) {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "old");
      }
    };
  }

  private void sweep(int step, String what, FaultSweep.Work before, FaultSweep.Work work)
      throws Exception {
    assertThat(FaultSweep.of(what, home, before, work).run(step).faults()).isPositive();
  }

  @Test
  void wholeFiles() throws Exception {
    sweep(3, "text", old("a.txt"), f -> WholeFile.write(f.resolve("a.txt"), "new"));
    sweep(3, "new text", EveryWriteIT::nothing, f -> WholeFile.write(f.resolve("b/a"), "new"));
    sweep(3, "durable", old("a.txt"), f -> WholeFile.writeDurably(f.resolve("a.txt"), LONG));
    sweep(
        3,
        "stream",
        old("a.bin"),
        f -> {
          try (WholeFile whole = WholeFile.begin(f.resolve("a.bin"))) {
            OutputStream out = whole.stream();
            for (int i = 0; i < 5; i++) {
              out.write(LONG);
            }
            whole.finish();
          }
        });
  }

  private static Table table() {
    return Table.create(
        "t",
        StringColumn.create("name", IntStream.range(0, 3000).mapToObj(i -> "row " + i).toList()),
        DoubleColumn.create("x", IntStream.range(0, 3000).mapToDouble(i -> i / 7.0).toArray()));
  }

  @Test
  void tables() throws Exception {
    sweep(5, "CSV", old("t.csv"), f -> Csv.write(table(), f.resolve("t.csv")));
    sweep(7, "Parquet", old("t.parquet"), f -> Parquet.write(table(), f.resolve("t.parquet")));
  }

  private static Figure figure(int shade) {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, new Color(shade, 20, 30).getRGB());
    return Figure.of("dot", image);
  }

  private static Clip clip(int seed) {
    float[] samples = new float[4_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(i * 0.01 * (seed + 2));
    }
    return Clip.of("c", samples, 8_000);
  }

  @Test
  void figuresSoundsAndPlaylists() throws Exception {
    sweep(3, "PNG", old("a.png"), f -> figure(1).save(f.resolve("a.png")));
    sweep(3, "SVG", old("d/a.svg"), f -> figure(1).save(f.resolve("d/a.svg")));
    sweep(3, "WAV", old("a.wav"), f -> AudioFiles.writeWav(clip(1), f.resolve("a.wav")));
    Matrix x = Matrix.of(List.of("a"), new double[][] {{1}, {2}, {8}, {9}});
    ClusterProfiles profiles = ClusterProfiles.of(x, x, new int[] {0, 0, 1, 1});
    sweep(
        5,
        "playlists",
        old("lists/cluster-0.m3u8"),
        f ->
            Playlists.ofClusters(
                profiles,
                IntStream.range(0, 4).mapToObj(i -> f.resolve(i + ".wav")).toList(),
                f.resolve("lists")));
  }

  @Test
  void labelsInOtherForms() throws Exception {
    LabelSet labels =
        LabelSet.of(List.of(Label.byEar(new Segment("a.wav", 1, 2), "music", "a", Instant.EPOCH)));
    LabelSet whole =
        LabelSet.of(List.of(Label.byEar(Segment.of("a.wav"), "music", "a", Instant.EPOCH)));
    Map<LabelFiles.Form, String> targets =
        Map.of(
            LabelFiles.Form.CSV, "l.csv",
            LabelFiles.Form.FLAT, "l.json",
            LabelFiles.Form.LABEL_STUDIO, "l.json",
            LabelFiles.Form.AUDACITY, "tracks",
            LabelFiles.Form.PLAYLISTS, "lists");
    for (LabelFiles.Form form : LabelFiles.Form.values()) {
      LabelSet held = form == LabelFiles.Form.FLAT ? whole : labels;
      sweep(
          5,
          "labels as " + form,
          old("l.csv", "l.json", "tracks/a.wav.txt", "lists/music.m3u"),
          f -> LabelFiles.write(held, form, f.resolve(targets.get(form)), f));
    }
  }

  @Test
  void models() throws Exception {
    Samples rows =
        Samples.of(
            Matrix.of(List.of("a"), new double[][] {{1}, {2}, {8}, {9}}),
            new double[] {1, 2, 3, 5});
    Model<double[]> model = Regressors.leastSquares().fit(rows);
    sweep(5, "model", old("m/a.model"), f -> model.save(f.resolve("m/a.model")));
  }

  @Test
  void keptClips() throws Exception {
    FaultSweep sweep =
        FaultSweep.of(
                "clips of sounds",
                home,
                old("kept/a.wav"),
                f -> {
                  ClipKeeper keeper = new ClipKeeper(f.resolve("kept"), 1 << 20, 8_000, t -> {});
                  keeper.begins();
                  keeper.take(clip(1).samples(), 4_000);
                  for (String name : List.of("one", "two")) {
                    keeper.keep(name, new SoundEvent(0.1, 0.3, name, 1));
                  }
                })
            .with(EveryWriteIT::clips);
    assertThat(sweep.run(3).faults()).isPositive();
  }

  /** Bytes of each clip; after another run there is another of the same name with a number. */
  private static Map<String, String> clips(Path folder) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".wav")).toList()) {
        state.put(
            file.getFileName().toString().replaceFirst("-\\d+", ""),
            Integer.toString(Arrays.hashCode(Files.readAllBytes(file))));
      }
    }
    return state;
  }

  @Test
  void featureTables() throws Exception {
    FeatureSet set = FeatureSet.of("rms", Measure.rms());
    FaultSweep.Work before =
        f -> {
          for (int i = 0; i < 2; i++) {
            AudioFiles.writeWav(clip(i), f.resolve("sound/" + i + ".wav"));
          }
          Files.writeString(f.resolve("t.csv"), "old");
          Files.writeString(f.resolve("t.parquet"), "old");
        };
    for (String name : List.of("t.csv", "t.parquet")) {
      sweep(
          9,
          "features to " + name,
          before,
          f -> {
            // the sound is on a disk that works: unreadable files are rows of their own
            SoundFiles sounds = SoundFiles.folder(Path.of(f.resolve("sound").toString()));
            FeatureOptions options = FeatureOptions.of().withRate(0).withThreads(1).withoutCache();
            FeatureTable.write(sounds, set, options, f.resolve(name));
          });
    }
  }

  // ----------------------------------------------------------------------------------- labels

  /** The label of each clip that can be read; a copy of a damaged file may lie beside. */
  private static Map<String, String> labelState(Path folder) {
    Map<String, String> state = new TreeMap<>();
    Path file = folder.resolve("labels.json");
    if (Files.exists(file)) {
      try (Warned _ = new Warned()) {
        LabelStore.read(file).labels().forEach(l -> state.put(l.clip().file(), l.name()));
      }
    }
    return state;
  }

  private static void label(Path folder, String first, String second) {
    try (LabelStore store = LabelStore.open(folder.resolve("labels.json"), "anna")) {
      store.add(Segment.of("a.wav"), first);
      store.add(Segment.of("b.wav"), second);
      store.undo();
      store.add(Segment.of("b.wav"), second);
    }
  }

  private void labels(String what, FaultSweep.Work before) throws Exception {
    FaultSweep.Work work =
        f -> {
          try (Warned _ = new Warned()) { // of a copy of a damaged file
            label(f, "dialogue", "both");
          }
        };
    FaultSweep sweep = FaultSweep.of(what, home, before, work).with(EveryWriteIT::labelState);
    assertThat(sweep.run(5).faults()).isPositive();
  }

  @Test
  void labels() throws Exception {
    labels("labels", f -> label(f, "music", "dialogue"));
    labels("first labels", EveryWriteIT::nothing);
    labels(
        "labels cut off",
        f -> {
          label(f, "music", "dialogue");
          byte[] bytes = Files.readAllBytes(f.resolve("labels.json"));
          Files.write(f.resolve("labels.json"), Arrays.copyOf(bytes, bytes.length - 2));
        });
  }

  // ---------------------------------------------------------------------------------- journal

  private static Journal journal(Path folder, int day) {
    return Journal.at(folder)
        .withClock(
            Clock.fixed(
                Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofDays(day)), ZoneOffset.UTC));
  }

  private static Entry entry(Path folder, int day) {
    return journal(folder, day)
        .newEntry("Sound", "Listen")
        .option("day", day)
        .metric("score", day, "", Better.HIGHER)
        .figure("Dot", figure(50 + 90 * day));
  }

  /** A line without how long something took, which a busy machine changes. */
  private static String untimed(String line) {
    return line.replaceAll("[0-9.]+ s\\b", "some s")
        .replaceAll("\"seconds\" ?: ?\"[0-9.]+\"", "\"seconds\":\"some\"");
  }

  /** All files, the journal's without how long something took. */
  private static Map<String, String> untimed(Path folder) throws IOException {
    Map<String, String> state = new TreeMap<>(FaultSweep.contents(folder));
    for (String name : List.of("JOURNAL.md", "data/journal.jsonl")) {
      if (state.containsKey(name)) {
        state.put(name, untimed(Files.readString(folder.resolve(name))));
      }
    }
    return state;
  }

  /** The runs that can be read, the figures, and the page without what differs between runs. */
  private static Map<String, String> journalState(Path folder) throws IOException {
    Map<String, String> state = new TreeMap<>(FaultSweep.contents(folder));
    state.remove("data/journal.jsonl");
    state.remove("JOURNAL.md");
    state.remove("data/journal.damaged.jsonl"); // half a line that could not be taken back
    Journal journal = Journal.at(folder);
    journal
        .runs()
        .forEach(
            run -> {
              state.put("run of day " + run.options().get("day"), run.metrics().toString());
              run.pictures()
                  .forEach(
                      p ->
                          assertThat(folder.resolve(p.file()))
                              .as("the figure of a run")
                              .isNotEmptyFile());
            });
    if (Files.exists(folder.resolve("JOURNAL.md"))) {
      state.put(
          "page",
          Files.readString(folder.resolve("JOURNAL.md"))
              .lines()
              .map(EveryWriteIT::untimed)
              .collect(Collectors.joining("\n")));
    }
    return state;
  }

  @Test
  void journal() throws Exception {
    FaultSweep.Work before = f -> entry(f, 0).save();
    assertThat(
            FaultSweep.of("journal entry", home, before, f -> entry(f, 1).save())
                .with(EveryWriteIT::journalState)
                .run(11)
                .faults())
        .isPositive();
    assertThat(
            FaultSweep.of(
                    "first journal entry", home, EveryWriteIT::nothing, f -> entry(f, 0).save())
                .with(EveryWriteIT::journalState)
                .run(11)
                .faults())
        .isPositive();
    FaultSweep.Work damaged =
        f -> {
          entry(f, 0).save();
          Files.writeString(f.resolve("data/journal.jsonl"), "{broken\n");
        };
    assertThat(
            FaultSweep.of("journal page, damaged line", home, damaged, f -> journal(f, 1).render())
                .with(EveryWriteIT::untimed)
                .run(7)
                .faults())
        .isPositive();
    FaultSweep.Work unused =
        f -> {
          entry(f, 0).save();
          Files.writeString(f.resolve("assets/x-0123456789.png"), "unused");
        };
    assertThat(
            FaultSweep.of("journal tidy", home, unused, f -> journal(f, 1).tidy())
                .with(EveryWriteIT::untimed)
                .run(7)
                .faults())
        .isPositive();
    sweep(
        5,
        "work log",
        f -> WorkLog.at(f).add(LocalDate.of(2026, 1, 1), 1, "begun"),
        f -> {
          if (WorkLog.at(f).lines().size() < 2) {
            WorkLog.at(f).add(LocalDate.of(2026, 1, 2), 2, "more");
          }
        });
  }

  @Test
  void pagesAndExports() throws Exception {
    Path source = Files.createDirectory(home.resolve("journal"));
    entry(source, 0).save();
    FaultSweep.Work before =
        f -> {
          Files.createDirectory(f.resolve("site"));
          Site.write(Journal.at(source), f.resolve("site"));
          Files.writeString(f.resolve("site/old.html"), "of an earlier time");
          Files.delete(f.resolve("site/chapter-sound.html"));
        };
    sweep(17, "pages", before, f -> Site.write(Journal.at(source), f.resolve("site")));
    for (String name : List.of("runs.csv", "runs.parquet")) {
      sweep(
          7,
          "export to " + name,
          old(name),
          f -> Export.write(Journal.at(source), "", f.resolve(name)));
    }
  }

  @Test
  void generatedSound() throws Exception {
    StudioOptions tiny =
        StudioOptions.of(3).withEpisodes(0).withTracks(1).withTrackSeconds(1).withSoundsPerClass(0);
    // the rows of files that are done are kept until all are: they are no part of the set
    FaultSweep sweep =
        FaultSweep.of(
                "generated sound",
                home,
                EveryWriteIT::nothing,
                f -> Studio.make(f.resolve("studio"), tiny))
            .with(
                folder -> {
                  Map<String, String> state = FaultSweep.contents(folder);
                  state.keySet().removeIf(name -> name.contains("/rows/"));
                  return state;
                });
    assertThat(sweep.run(13).faults()).isPositive();
  }

  @Test
  void housing() throws Exception {
    byte[] csv = housingCsv();
    Model<double[]> model =
        Regressors.leastSquares()
            .fit(
                Samples.of(
                    Matrix.of(List.of("a"), new double[][] {{1}, {2}, {8}}),
                    new double[] {1, 2, 3}));
    sweep(
        9,
        "housing model",
        f -> Files.write(f.resolve("housing.csv"), csv),
        f ->
            HousingWork.of(Path.of(f.resolve("housing.csv").toString()), f.resolve("work"))
                .save("line", model));
  }

  private static byte[] housingCsv() {
    StringBuilder text =
        new StringBuilder(
            "longitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,"
                + "households,median_income,median_house_value,ocean_proximity\n");
    String[] places = {"INLAND", "NEAR BAY", "<1H OCEAN", "NEAR OCEAN", "ISLAND"};
    for (int i = 0; i < 20; i++) {
      text.append(
          "-122.%d,37.%d,%d,%d,%d,%d,%d,%d.5,%d,%s%n"
              .formatted(
                  i,
                  i,
                  10 + i,
                  800 + i,
                  100 + i,
                  300 + i,
                  120 + i,
                  i % 6,
                  90000 + i,
                  places[i % 5]));
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), text.length());
  }
}
