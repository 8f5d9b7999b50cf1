package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import fieldnotes.label.Guide;
import fieldnotes.label.How;
import fieldnotes.label.LabelSet;
import fieldnotes.label.Segment;
import fieldnotes.label.Strategy;
import fieldnotes.table.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

/** Chunks of one long file, with a guide, through the server. */
class SessionTest {
  private static final int CHUNKS = 12;

  @TempDir Path folder;
  Bench bench;

  /** Asks the highest row first; a row of a third takes over what its first row was. */
  private static final class Thirds implements Guide {
    private final Map<Integer, String> heard = new TreeMap<>();
    private int fits;
    private int fitted;

    @Override
    public OptionalInt next(IntPredicate open) {
      for (int row = CHUNKS - 1; row >= 0; row--) {
        if (!heard.containsKey(row) && open.test(row)) {
          return OptionalInt.of(row);
        }
      }
      return OptionalInt.empty();
    }

    @Override
    public void heard(int row, String name) {
      heard.put(row, name);
      fits++;
    }

    @Override
    public Map<Integer, Propagated> propagated() {
      Map<Integer, Propagated> out = new HashMap<>();
      for (int row = 0; row < CHUNKS; row++) {
        String name = heard.get(row / 4 * 4 + 3);
        if (name != null && !heard.containsKey(row)) {
          out.put(row, new Propagated(name, 1, 1));
        }
      }
      return out;
    }

    @Override
    public boolean stale() {
      return fitted < fits;
    }

    @Override
    public void refit() {
      fitted = fits;
    }
  }

  @BeforeEach
  void open() throws Exception {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    AudioFiles.writeWav(Bench.tone(300, CHUNKS), sounds.resolve("long.wav"));
    String[] files = new String[CHUNKS];
    Arrays.fill(files, "long.wav");
    double[] starts = new double[CHUNKS];
    Arrays.setAll(starts, i -> i);
    double[] ones = new double[CHUNKS];
    Arrays.fill(ones, 1);
    Table table =
        Table.create(
            "chunks",
            StringColumn.create("file", files),
            DoubleColumn.create("start_s", starts),
            DoubleColumn.create("duration_s", ones),
            DoubleColumn.create("rms", starts));
    Samples rows = Samples.of(table).withFeatures(List.of("rms")).withFolder(sounds);
    Strategy strategy = (x, seed) -> Thirds::new;
    bench =
        new Bench(
            Labeller.open(
                ClipList.of(rows),
                LabelOptions.of(folder.resolve("labels.json")).withGuide(strategy)));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private JsonNode label(int clip, String name) {
    return bench.post("/api/label", "{\"clip\":%d,\"class\":\"%s\"}".formatted(clip, name));
  }

  private int next() {
    return bench.post("/api/next", "{}").path("next").path("clip").asInt(-1);
  }

  @Test
  @DisplayName("the guide chooses; what follows is a guess, and is stored when it is taken over")
  void guided() {
    assertThat(next()).isEqualTo(11);
    assertThat(label(11, "music").path("next").path("clip").asInt()).isEqualTo(10);
    JsonNode clip = bench.json("/api/clip/9");
    assertThat(clip.path("guess").path("class").asString()).isEqualTo("music");
    assertThat(clip.path("guess").path("why").asString())
        .isEqualTo("1 of 1 heard clips of its group");
    assertThat(label(10, "dialogue").path("progress").path("group").asInt()).isEqualTo(2);
    JsonNode taken = bench.post("/api/group", "{\"agree\":1}");
    assertThat(taken.path("taken").asInt()).isEqualTo(2);
    assertThat(taken.path("progress").path("done").asInt()).isEqualTo(4);
    var labels = bench.labeller.labels();
    assertThat(labels.of(new Segment("sounds/long.wav", 9, 10)).orElseThrow().how())
        .isEqualTo(How.CLUSTER);
    assertThat(labels.of(new Segment("sounds/long.wav", 10, 11)).orElseThrow().name())
        .isEqualTo("dialogue");
    bench.post("/api/undo", "{}");
    assertThat(bench.labeller.labels().size()).isEqualTo(2);
  }

  @Test
  @DisplayName("undo, removal and a new start tell the guide only what still holds")
  void replay() throws Exception {
    label(11, "music");
    label(10, "both");
    label(5, "music");
    bench.post("/api/undo", "{}");
    assertThat(next()).isEqualTo(9);
    bench.post("/api/remove", "{\"clip\":10}");
    assertThat(next()).isEqualTo(10);
    label(10, "dialogue");
    Labeller before = bench.labeller;
    before.close();
    Samples rows =
        Samples.of(
                Table.create(
                    "chunks",
                    StringColumn.create("file", "long.wav", "long.wav"),
                    DoubleColumn.create("start_s", 10.0, 11.0),
                    DoubleColumn.create("duration_s", 1.0, 1.0),
                    DoubleColumn.create("rms", 1, 2)))
            .withFeatures(List.of("rms"))
            .withFolder(folder.resolve("sounds"));
    bench =
        new Bench(Labeller.open(ClipList.of(rows), LabelOptions.of(folder.resolve("labels.json"))));
    JsonNode state = bench.json("/api/state");
    assertThat(state.path("progress").path("done").asInt()).isEqualTo(2);
    assertThat(bench.post("/api/next", "{}").path("next").isNull()).isTrue();
  }

  @Test
  @DisplayName("what is taken back twice or thrice leaves on the page what is in the file")
  void undoneTwice() {
    label(0, "music");
    bench.post("/api/label", "{\"clip\":0,\"class\":\"dialogue\",\"stay\":true}");
    assertThat(bench.post("/api/undo", "{}").path("progress").path("counts").path("music").asInt())
        .isEqualTo(1);
    assertThat(bench.post("/api/undo", "{}").path("progress").path("done").asInt()).isZero();
    assertThat(bench.json("/api/review").path("total").asInt()).isZero();
    label(0, "music");
    bench.post("/api/remove", "{\"clip\":0}");
    bench.post("/api/skip", "{\"clip\":0}");
    assertThat(bench.post("/api/undo", "{}").path("progress").path("skipped").asInt()).isZero();
    assertThat(bench.post("/api/undo", "{}").path("progress").path("done").asInt()).isEqualTo(1);
    assertThat(bench.post("/api/undo", "{}").path("progress").path("done").asInt()).isZero();
    assertThat(bench.labeller.labels().size()).isZero();
    assertThat(bench.send("/api/undo", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("what is taken over is told by class and by the heard clips that agree")
  void group() {
    label(11, "music");
    label(10, "dialogue");
    label(7, "music");
    JsonNode classes = bench.json("/api/group").path("classes");
    assertThat(classes.size()).isEqualTo(1);
    assertThat(classes.get(0).path("name").asString()).isEqualTo("music");
    assertThat(classes.get(0).path("labels").toString()).isEqualTo("{\"1\":5}");
    assertThat(bench.post("/api/group", "{\"agree\":2}").path("taken").asInt()).isZero();
    assertThat(bench.send("/api/group", "{\"agree\":0}").statusCode()).isEqualTo(400);
    assertThat(bench.post("/api/group", "{\"agree\":1}").path("taken").asInt()).isEqualTo(5);
  }

  @Tag("long")
  @Test
  @DisplayName("whatever many do at once, the page shows what is in the file")
  void atOnce() throws Exception {
    try (ExecutorService people = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int p = 0; p < 8; p++) {
        Random random = new Random(p);
        all.add(
            people.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    String clip = "{\"clip\":%d".formatted(random.nextInt(CHUNKS));
                    String name = random.nextBoolean() ? "music" : "both";
                    switch (random.nextInt(5)) {
                      case 0, 1 ->
                          bench.send("/api/label", clip + ",\"class\":\"%s\"}".formatted(name));
                      case 2 -> bench.send("/api/skip", clip + "}");
                      case 3 -> bench.send("/api/remove", clip + "}");
                      default -> bench.send("/api/undo", "{}");
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    LabelSet labels = bench.labeller.labels();
    JsonNode counts = Bench.JSON.readTree(bench.get("/api/state").body()).path("progress");
    assertThat(counts.path("done").asInt()).isEqualTo(labels.size());
    Map<String, Integer> shown = new TreeMap<>();
    counts.path("counts").properties().forEach(e -> shown.put(e.getKey(), e.getValue().asInt()));
    assertThat(shown).isEqualTo(labels.counts());
    while (bench.send("/api/undo", "{}").statusCode() == 200) {
      int done =
          Bench.JSON.readTree(bench.get("/api/state").body()).path("progress").path("done").asInt();
      assertThat(done).isEqualTo(bench.labeller.labels().size());
    }
    assertThat(bench.labeller.labels().size()).isZero();
  }

  @Test
  @DisplayName("a skipped clip does not come again, is in the review, and undo brings it back")
  void skipped() {
    bench.post("/api/skip", "{\"clip\":11}");
    assertThat(next()).isNotEqualTo(11);
    JsonNode list = bench.json("/api/review?how=skipped");
    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("items").get(0).path("clip").asInt()).isEqualTo(11);
    assertThat(bench.post("/api/undo", "{}").path("undone").path("kind").asString())
        .isEqualTo("skip");
    assertThat(next()).isEqualTo(11);
  }

  @Test
  @DisplayName("a part of a chunk has a label of its own, shown in the chunk and in the review")
  void parts() {
    JsonNode told =
        bench.post(
            "/api/label", "{\"clip\":3,\"class\":\"both\",\"from\":0.25,\"to\":0.5,\"stay\":true}");
    assertThat(told.path("clip").path("label").isNull()).isTrue();
    assertThat(told.path("clip").path("parts").get(0).path("from").asDouble()).isEqualTo(0.25);
    assertThat(told.path("progress").path("done").asInt()).isZero();
    Segment part = new Segment("sounds/long.wav", 3.25, 3.5);
    assertThat(bench.labeller.labels().of(part).orElseThrow().name()).isEqualTo("both");
    JsonNode item = bench.json("/api/review?text=LONG&class=both").path("items").get(0);
    assertThat(item.path("clip").asInt()).isEqualTo(3);
    assertThat(item.path("name").asString()).isEqualTo("long.wav");
    assertThat(item.path("to").asDouble()).isEqualTo(0.5);
    bench.post("/api/remove", "{\"clip\":3,\"from\":0.25,\"to\":0.5}");
    assertThat(bench.labeller.labels().size()).isZero();
  }

  @Test
  @DisplayName("the sound of a chunk is its samples as a wave file, also from the middle")
  void sound() throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("sounds/long.wav"));
    byte[] got = bench.get("/sound/7").body();
    assertThat(got).hasSize(44 + 32_000);
    assertThat(Arrays.copyOfRange(got, 44, got.length))
        .isEqualTo(Arrays.copyOfRange(file, 44 + 7 * 32_000, 44 + 8 * 32_000));
    byte[] end = bench.bytes(bench.ask("/sound/7").header("Range", "bytes=-100").build()).body();
    assertThat(end).isEqualTo(Arrays.copyOfRange(got, got.length - 100, got.length));
  }

  @Test
  @DisplayName("the second pass draws labelled clips, hides what they are, and compares")
  void secondPass() {
    label(0, "music");
    label(1, "dialogue");
    label(2, "music");
    JsonNode first = bench.post("/api/pass", "{\"count\":2,\"seed\":4}");
    assertThat(first.path("progress").path("passLeft").asInt()).isEqualTo(2);
    assertThat(first.path("next").has("label")).isFalse();
    int clip = first.path("next").path("clip").asInt();
    JsonNode told = bench.post("/api/check", "{\"clip\":%d,\"class\":\"both\"}".formatted(clip));
    assertThat(told.path("progress").path("checked").asInt()).isEqualTo(1);
    assertThat(told.path("progress").path("agreeing").asInt()).isZero();
    assertThat(told.path("progress").path("counts").path("both").asInt()).isEqualTo(1);
    assertThat(told.path("next").path("clip").asInt()).isNotEqualTo(clip);
    assertThat(bench.post("/api/undo", "{}").path("progress").path("passLeft").asInt())
        .isEqualTo(2);
    assertThat(
            bench.post("/api/pass", "{\"count\":2,\"seed\":4}").path("next").path("clip").asInt())
        .isEqualTo(clip);
  }

  @Test
  @DisplayName("the review is paged; added classes get free keys, and are there after a new start")
  void review() {
    JsonNode classes = bench.post("/api/class", "{\"name\":\"dog\"}").path("classes");
    assertThat(classes.get(4).path("key").asString()).isEqualTo("o");
    for (int i = 0; i < CHUNKS; i++) {
      label(i, i < 2 ? "dog" : "music");
    }
    JsonNode page = bench.json("/api/review?offset=10");
    assertThat(page.path("total").asInt()).isEqualTo(CHUNKS);
    assertThat(page.path("items").size()).isEqualTo(2);
    assertThat(bench.json("/api/review?class=dog&how=ear").path("total").asInt()).isEqualTo(2);
    assertThat(bench.json("/api/review?text=other").path("total").asInt()).isZero();
    assertThat(bench.json("/api/state").path("progress").path("ratios").asString())
        .contains("dog: 0.17");
  }

  private String classes() {
    StringBuilder out = new StringBuilder();
    for (JsonNode one : bench.json("/api/state").path("classes")) {
      out.append(one.path("key").asString()).append('=').append(one.path("name").asString());
      out.append(' ');
    }
    return out.toString().strip();
  }

  private void again(LabelOptions options) {
    ClipList clips = ClipList.of(SoundFiles.folder(folder.resolve("sounds")));
    bench.labeller.close();
    bench = new Bench(Labeller.open(clips, options));
  }

  @Test
  @DisplayName("classes keep their keys and their order over a new start, the unused ones too")
  void keptClasses() {
    LabelOptions options = LabelOptions.of(folder.resolve("labels.json"));
    bench.post("/api/class", "{\"name\":\"dance\",\"key\":\"x\"}");
    bench.post("/api/class", "{\"name\":\"unused\",\"key\":\"k\"}");
    label(0, "dance");
    again(options);
    assertThat(classes()).isEqualTo("m=music d=dialogue b=both u=unknown x=dance k=unused");
    again(options.withClasses("k=talk,dance"));
    assertThat(classes()).isEqualTo("k=talk d=dance m=music i=dialogue b=both u=unknown n=unused");
    again(options);
    assertThat(classes()).isEqualTo("k=talk d=dance m=music i=dialogue b=both u=unknown n=unused");
  }

  @Test
  @DisplayName("classes that were chosen at the first start are those of the next")
  void chosenClasses() {
    LabelOptions other = LabelOptions.of(folder.resolve("other.json"));
    again(other.withClasses("x=owl,y=wren"));
    again(other);
    assertThat(classes()).isEqualTo("x=owl y=wren");
  }

  @Test
  @DisplayName("a guide needs features; two classes with one key are refused")
  void bad() throws Exception {
    ClipList whole = Bench.clips(folder.resolve("more"), 1, 0.2);
    LabelOptions options = LabelOptions.of(folder.resolve("other.json"));
    assertThatThrownBy(() -> Labeller.open(whole, options.withGuide((x, seed) -> Thirds::new)))
        .hasMessageContaining("a guide needs features of the clips");
    assertThatThrownBy(() -> options.withClasses("music,music"))
        .hasMessage("class 'music' is given twice");
    assertThatThrownBy(() -> options.withClasses("dog,d=duck"))
        .hasMessage("classes 'dog' and 'duck' have the same key 'd'; give another");
    for (String wrong : List.of("music=m", "z=a", "m=", "=music", "M=music")) {
      assertThatThrownBy(() -> options.withClasses(wrong))
          .hasMessageStartingWith("'" + wrong + "': must be KEY=NAME, for example m=music");
    }
    assertThatThrownBy(() -> options.withClasses("m=a,m=b"))
        .hasMessage("classes 'a' and 'b' have the same key 'm'; give another");
    assertThatThrownBy(() -> new LabelClass("\ud800", "")).hasMessageContaining("lone surrogate");
    assertThat(options.withClasses("a=x, b=\ud83d\udc15").classes())
        .containsExactly(new LabelClass("x", "a"), new LabelClass("\ud83d\udc15", "b"));
    assertThat(options.withClasses("dog, door,x=duck").classes())
        .containsExactly(
            new LabelClass("dog", "d"), new LabelClass("door", "o"), new LabelClass("duck", "x"));
  }

  @Test
  @DisplayName(
      "the wave stream of a part of hours has its length at once, and skips without decoding")
  void hours() throws Exception {
    float[] second = Bench.tone(300, 1).samples();
    Path file = folder.resolve("short.wav");
    AudioFiles.writeWav(Clip.of("s", second, 16_000), file);
    try (WavStream stream = new WavStream(file, 0, 3 * 3600, 16_000)) {
      assertThat(stream.length()).isEqualTo(44 + 3L * 3600 * 32_000);
      stream.skipNBytes(200_000_000);
      assertThat(stream.readNBytes(8)).containsOnly(0); // silence, as the file is shorter
    }
    try (WavStream stream = new WavStream(file, 0.5, 0.25, 16_000)) {
      byte[] all = stream.readAllBytes();
      assertThat(all).hasSize(44 + 8000);
      assertThat(ByteBuffer.wrap(all, 46, 2).order(ByteOrder.LITTLE_ENDIAN).getShort())
          .isEqualTo((short) Math.round(second[8001] * 32768.0))
          .isNotZero();
    }
  }
}
