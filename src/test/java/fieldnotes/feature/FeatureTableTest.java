package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.RawWav;
import fieldnotes.audio.SoundFiles;
import fieldnotes.feature.FeatureTable.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class FeatureTableTest {
  private static final int RATE = 8000;

  @TempDir Path folder;

  private Path noise(String name, double seconds, int seed) {
    float[] samples = new float[(int) (seconds * RATE)];
    long state = seed;
    for (int i = 0; i < samples.length; i++) {
      state = (1664525 * state + 1013904223) & 0xffffffffL;
      samples[i] = (float) (0.3 * (state / 2147483648.0 - 1) * Math.sin(i * 0.001 * (1 + seed)));
    }
    Path file = folder.resolve(name);
    RawWav.write(samples, RATE, file);
    return file;
  }

  private static FeatureOptions options() {
    return FeatureOptions.of().withoutCache().withRate(0).withChunks(1);
  }

  @Test
  void aRowAChunkTheLastFirst() {
    noise("b.wav", 2.5, 1);
    noise("a.wav", 0.4, 2);
    FeatureTable made =
        FeatureTable.extract(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options());
    Table table = made.table();
    assertThat(table.stringColumn("file").asList()).containsExactly("a.wav", "b.wav", "b.wav");
    assertThat(table.intColumn("chunk").asObjectArray()).containsExactly(0, 0, 1);
    assertThat(table.doubleColumn("start_s").asDoubleArray()).containsExactly(0, 1.5, 0.5);
    assertThat(table.doubleColumn("duration_s").asDoubleArray()).containsExactly(0.4, 1, 1);
    assertThat(table.columnCount()).isEqualTo(4 + 38);
    assertThat(made.matrix()).hasDimensions(3, 38);
    // 8 kHz holds six of the seven bands.
    assertThat(table.doubleColumn("contrast_7_mean").countMissing()).isEqualTo(3);
    assertThat(table.doubleColumn("contrast_6_mean").countMissing()).isZero();
    assertThat(made.failures()).isEmpty();
  }

  @Test
  void theRemainderIsKeptWhenAskedFor() {
    noise("b.wav", 2.5, 1);
    Table table =
        FeatureTable.extract(
                SoundFiles.folder(folder), FeatureSet.JOURNAL_35, options().withRemainder(true))
            .table();
    assertThat(table.doubleColumn("start_s").asDoubleArray()).containsExactly(1.5, 0.5, 0);
  }

  @Test
  void aRowOfStatisticsIsWhatTheFramesSay() {
    Path file = noise("a.wav", 0.9, 3);
    FeatureSet set =
        FeatureSet.of("mine", Measure.rms(), Measure.rolloff(0.5))
            .withStatistics(
                Statistic.MEAN, Statistic.STD, Statistic.MIN, Statistic.MAX, Statistic.MEDIAN);
    Table table = FeatureTable.extract(SoundFiles.folder(folder), set, options()).table();
    double[] rms = Features.rms(AudioFiles.read(file), FrameOptions.of());
    double mean = Arrays.stream(rms).average().orElseThrow();
    double std =
        Math.sqrt(Arrays.stream(rms).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    Arrays.sort(rms);
    int n = rms.length;
    double median = n % 2 == 1 ? rms[n / 2] : (rms[n / 2 - 1] + rms[n / 2]) / 2;
    assertThat(table.columnNames())
        .contains("rms_mean", "rms_std", "rms_min", "rms_max", "rms_median", "rolloff50_hz_median");
    assertThat(table.doubleColumn("rms_mean").get(0)).isCloseTo(mean, offset(1e-12));
    assertThat(table.doubleColumn("rms_std").get(0)).isCloseTo(std, offset(1e-12));
    assertThat(table.doubleColumn("rms_min").get(0)).isEqualTo(rms[0]);
    assertThat(table.doubleColumn("rms_max").get(0)).isEqualTo(rms[n - 1]);
    assertThat(table.doubleColumn("rms_median").get(0)).isCloseTo(median, offset(1e-15));
  }

  @Test
  void perFrameIsARowAFrameWithItsTime() {
    noise("a.wav", 1.0, 3);
    FeatureSet set =
        FeatureSet.of("mine", Measure.rms(), Measure.hnr(), Measure.tempo(), Measure.mfcc(2));
    FeatureTable made =
        FeatureTable.extract(SoundFiles.folder(folder), set, options().withPerFrame(true));
    assertThat(made.table().rowCount()).isEqualTo(1 + RATE / 512);
    assertThat(made.table().columnNames())
        .containsExactly(
            "file", "chunk", "time_s", "rms", "hnr_db", "tempo_bpm", "mfcc_01", "mfcc_02");
    assertThat(made.table().doubleColumn("time_s").get(3)).isEqualTo(3 * 512.0 / RATE);
  }

  @Test
  void badFilesAreListedAndTheOthersGoThrough() throws IOException {
    Path good = noise("good.wav", 1, 1);
    Files.write(folder.resolve("empty.wav"), new byte[0]);
    Files.writeString(folder.resolve("text.wav"), "this is a letter, not sound\n".repeat(50));
    byte[] bytes = Files.readAllBytes(good);
    Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length / 3));
    float[] bad = new float[4000];
    bad[7] = Float.NaN;
    RawWav.write(bad, RATE, folder.resolve("nan.wav"));
    Files.writeString(folder.resolve("notes.txt"), "left out, by its ending");
    FeatureTable made =
        FeatureTable.extract(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options());
    assertThat(made.table().stringColumn("file").asList()).containsExactly("good.wav");
    assertThat(made.failures())
        .extracting(SoundFiles.Failure::file)
        .containsExactly("cut.wav", "empty.wav", "nan.wav", "text.wav");
    assertThat(made.failures()).allSatisfy(f -> assertThat(f.reason()).isNotBlank());
    assertThat(made.failures().get(2).reason()).contains("sample 7").contains("NaN");
  }

  @Test
  void oneSampleAndSilenceGiveNumbers() {
    RawWav.write(new float[] {0.5f}, RATE, folder.resolve("one.wav"));
    RawWav.write(new float[RATE], RATE, folder.resolve("zeros.wav"));
    FeatureSet everything = FeatureSet.EVERYTHING;
    FeatureTable made =
        FeatureTable.extract(SoundFiles.folder(folder), everything, options().withRate(22_050));
    assertThat(made.failures()).isEmpty();
    double[][] rows = made.matrix();
    List<String> names = made.featureColumns();
    for (int c = 0; c < names.size(); c++) {
      // Nine frames make a delta; one sample is fewer.
      boolean delta = names.get(c).contains("delta");
      assertThat(Double.isNaN(rows[0][c])).as(names.get(c)).isEqualTo(delta);
      assertThat(rows[1][c]).as(names.get(c)).isFinite();
    }
    assertThat(rows[1][names.indexOf("mfcc_01_mean")]).isCloseTo(-1131.37085, offset(1e-5));
    assertThat(rows[1][names.indexOf("flatness_mean")]).isCloseTo(1, offset(1e-12));
    assertThat(rows[1][names.indexOf("tempo_bpm")]).isCloseTo(117.453835, offset(1e-6));
    assertThat(rows[1][names.indexOf("hnr_db_mean")]).isZero();
  }

  @Tag("long")
  @Test
  void theSameBytesOnOneAndOnEightThreads() throws IOException {
    for (int i = 0; i < 12; i++) {
      noise("n%02d.wav".formatted(i), 0.3 + 0.31 * i, i);
    }
    Path one = folder.resolve("one.csv");
    Path eight = folder.resolve("eight.csv");
    SoundFiles source = SoundFiles.folder(folder);
    FeatureTable.write(source, FeatureSet.EVERYTHING, options().withThreads(1), one);
    FeatureTable.write(source, FeatureSet.EVERYTHING, options().withThreads(8), eight);
    assertThat(Files.readAllBytes(eight)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void whatWasMeasuredIsNotMeasuredAgain() throws IOException {
    noise("a.wav", 1, 1);
    Path b = noise("b.wav", 1.2, 2);
    Path out = folder.resolve("t.csv");
    FeatureOptions cached = options().withCache(folder.resolve("cache"));
    SoundFiles source = SoundFiles.folder(folder);
    Written first = FeatureTable.write(source, FeatureSet.JOURNAL_38, cached, out);
    byte[] bytes = Files.readAllBytes(out);
    assertThat(first.measured()).isEqualTo(2);
    assertThat(FeatureTable.write(source, FeatureSet.JOURNAL_38, cached, out).measured()).isZero();
    assertThat(Files.readAllBytes(out)).isEqualTo(bytes);
    // A copy has the same content.
    Files.copy(b, folder.resolve("c.wav"));
    assertThat(
            FeatureTable.write(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, cached, out)
                .measured())
        .isZero();
    // Other options, other numbers.
    assertThat(
            FeatureTable.write(source, FeatureSet.JOURNAL_38, cached.withRate(16_000), out)
                .measured())
        .isEqualTo(2);
    // Changed content.
    noise("b.wav", 1.2, 9);
    assertThat(FeatureTable.write(source, FeatureSet.JOURNAL_38, cached, out).measured())
        .isEqualTo(1);
  }

  @Test
  void theProjectsCacheIsTheDefault() {
    assertThat(FeatureOptions.of().cache())
        .contains(fieldnotes.common.Project.cache().resolve("features"));
    assertThat(FeatureOptions.of().withoutCache().cache()).isEmpty();
    assertThat(FeatureOptions.of().withCache("here").cache()).contains(Path.of("here"));
  }

  @Test
  void whereNothingCanBeReadTheReasonsRemain() throws IOException {
    Path m3u = Files.writeString(folder.resolve("p.m3u"), "a.wav\nb.wav\n");
    FeatureTable none = FeatureTable.extract(SoundFiles.of(m3u), FeatureSet.JOURNAL_35, options());
    assertThat(none.table().rowCount()).isZero();
    assertThat(none.failures()).hasSize(2);
  }

  @Test
  void aTornRecordInTheCacheIsIgnored() throws IOException {
    noise("a.wav", 1, 1);
    noise("b.wav", 1, 2);
    Path out = folder.resolve("t.csv");
    FeatureOptions cached = options().withCache(folder.resolve("cache")).withThreads(1);
    SoundFiles source = SoundFiles.folder(folder);
    FeatureTable.write(source, FeatureSet.JOURNAL_38, cached, out);
    byte[] whole = Files.readAllBytes(out);
    Path log;
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      log = all.filter(p -> p.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(log);
    for (int cut : new int[] {bytes.length - 1, bytes.length - 400, 20, 3, 0}) {
      Files.write(log, Arrays.copyOf(bytes, cut));
      Written again = FeatureTable.write(source, FeatureSet.JOURNAL_38, cached, out);
      assertThat(again.measured()).isBetween(1, 2);
      assertThat(Files.readAllBytes(out)).isEqualTo(whole);
      try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
        for (Path p : all.filter(p -> p.toString().endsWith(".log") && !p.equals(log)).toList()) {
          Files.delete(p);
        }
      }
    }
  }

  @Test
  void parquetHoldsWhatCsvHolds() throws Exception {
    noise("it's, one.wav", 1.5, 1);
    Path csv = folder.resolve("t.csv");
    Path parquet = folder.resolve("t'x.parquet");
    FeatureTable.write(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options(), csv);
    FeatureTable.write(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options(), parquet);
    Table read = Table.read().csv(csv.toFile());
    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT * FROM '" + parquet.toString().replace("'", "''") + "'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("file")).isEqualTo("it's, one.wav");
      assertThat(rows.getInt("chunk")).isZero();
      assertThat(rows.getDouble("mfcc_01_mean"))
          .isEqualTo(read.doubleColumn("mfcc_01_mean").getDouble(0));
      rows.getDouble("contrast_7_mean");
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.next()).isFalse();
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.filter(p -> p.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void nothingIsWrittenWhereNothingWentThrough() throws IOException {
    Files.write(folder.resolve("empty.wav"), new byte[0]);
    Path out = folder.resolve("t.csv");
    Written written =
        FeatureTable.write(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options(), out);
    assertThat(written.files()).isZero();
    assertThat(out).doesNotExist();
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void sourcesOfEveryKind() throws IOException {
    Files.createDirectories(folder.resolve("x/y"));
    Path a = noise("a.wav", 0.2, 1);
    noise("x/b.wav", 0.2, 2);
    noise("x/y/c.WAV", 0.2, 3);
    Files.writeString(folder.resolve("x/.hidden.wav"), "");
    assertThat(SoundFiles.folder(folder).items())
        .extracting(SoundFiles.Item::name)
        .containsExactly("a.wav", "x/b.wav", "x/y/c.WAV");
    assertThat(SoundFiles.of(folder + "/x/*.wav").items()).hasSize(1);
    assertThat(SoundFiles.of(folder + "/**/*.{wav,WAV}").items()).hasSize(3);
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list, "\uFEFFid,filename,category\r\n1,\"x/b.wav\",\"a, b\"\r\n2," + a + ",music\r\n");
    assertThat(SoundFiles.of(list.toString()).items())
        .extracting(SoundFiles.Item::label)
        .containsExactly("a, b", "music");
    Path m3u = folder.resolve("play.m3u8");
    Files.writeString(m3u, "#EXTM3U\n#EXTINF:1,Title\nx/y/c.WAV\n\na.wav\nnot there.wav\n");
    FeatureTable made =
        FeatureTable.extract(SoundFiles.of(m3u.toString()), FeatureSet.JOURNAL_35, options());
    assertThat(made.table().stringColumn("file").asList()).containsExactly("x/y/c.WAV", "a.wav");
    assertThat(made.failures())
        .extracting(SoundFiles.Failure::toString)
        .singleElement()
        .asString()
        .contains("not there.wav: there is no such file");
    FeatureTable labelled =
        FeatureTable.extract(
            SoundFiles.all(List.of(SoundFiles.of(list.toString()), SoundFiles.of(a.toString()))),
            FeatureSet.JOURNAL_35,
            options());
    assertThat(labelled.table().stringColumn("label").asList())
        .containsExactly("a, b", "music", "");
  }

  @Test
  void aWrongCallSaysWhatIsAllowed() {
    assertThatThrownBy(() -> SoundFiles.of(folder + "/no such"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such")
        .hasMessageContaining("folder, a file, a playlist");
    assertThatThrownBy(
            () -> FeatureTable.extract(SoundFiles.folder(folder), FeatureSet.JOURNAL_38, options()))
        .hasMessageContaining("no sound file");
    assertThatThrownBy(() -> FeatureSet.named("JOURNAL"))
        .hasMessage(
            "feature set 'JOURNAL': must be one of [JOURNAL_35, JOURNAL_38, LIBRARY, EMOTION,"
                + " EVERYTHING]");
    assertThatThrownBy(() -> Statistic.of("mode")).hasMessageContaining("mean, std, min, max");
    noise("a.wav", 0.2, 1);
    assertThatThrownBy(
            () ->
                FeatureTable.extract(
                    SoundFiles.folder(folder),
                    FeatureSet.LIBRARY,
                    options().withFrames(FrameOptions.of().withMelBands(64))))
        .hasMessageContaining("128")
        .hasMessageContaining("64");
    assertThatThrownBy(
            () ->
                FeatureTable.write(
                    SoundFiles.folder(folder),
                    FeatureSet.JOURNAL_38,
                    options(),
                    folder.resolve("t.xlsx")))
        .hasMessageContaining(".csv or .parquet");
  }

  @Test
  void theNamedSetsAreAsLargeAsTheirNamesSay() {
    assertThat(FeatureSet.JOURNAL_35.columns()).hasSize(35);
    assertThat(FeatureSet.JOURNAL_38.columns()).hasSize(38);
    assertThat(FeatureSet.JOURNAL_38.columns())
        .contains("mfcc_01_mean", "chroma_cs_mean", "contrast_3_mean", "rolloff85_hz_mean");
    assertThat(FeatureSet.EMOTION.columns()).hasSize(5 * (3 * 13 + 3 + 12 + 2));
  }

  private static org.assertj.core.data.Offset<Double> offset(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
