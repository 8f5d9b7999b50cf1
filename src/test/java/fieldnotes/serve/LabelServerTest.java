package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import fieldnotes.label.Segment;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LabelServerTest {
  @TempDir Path folder;
  Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = Bench.of(folder, 4, 1.5);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private JsonNode label(int clip, String name) {
    return bench.post("/api/label", "{\"clip\":%d,\"class\":\"%s\"}".formatted(clip, name));
  }

  @Test
  @DisplayName("a label is kept, counted, and the next clip is another one")
  void labels() {
    int first = bench.post("/api/next", "{}").path("next").path("clip").asInt();
    JsonNode told = label(first, "music");
    assertThat(told.path("progress").path("done").asInt()).isEqualTo(1);
    assertThat(told.path("progress").path("counts").path("music").asInt()).isEqualTo(1);
    assertThat(told.path("progress").path("ratios").asString())
        .isEqualTo("M: 1.00 D: 0.00 B: 0.00; Music & Both 100.0 %; Dialogue 0.0 %");
    assertThat(told.path("next").path("clip").asInt()).isNotEqualTo(first);
    Segment clip = Segment.of("sounds/tone-%02d.wav".formatted(first));
    assertThat(bench.labeller.labels().of(clip).orElseThrow().name()).isEqualTo("music");
    assertThat(bench.labeller.labels().of(clip).orElseThrow().who()).isEqualTo("ann");
  }

  @Test
  @DisplayName("when all are labelled, nothing comes next; undo brings the last one back")
  void undo() {
    for (int i = 0; i < 4; i++) {
      label(i, i == 0 ? "both" : "dialogue");
    }
    assertThat(bench.post("/api/next", "{}").path("next").isNull()).isTrue();
    JsonNode undone = bench.post("/api/undo", "{}");
    assertThat(undone.path("undone").path("clip").asInt()).isEqualTo(3);
    assertThat(undone.path("undone").path("class").asString()).isEqualTo("dialogue");
    assertThat(undone.path("progress").path("done").asInt()).isEqualTo(3);
    assertThat(bench.post("/api/next", "{}").path("next").path("clip").asInt()).isEqualTo(3);
  }

  @Test
  @DisplayName("two tabs are given different clips")
  void twoTabs() {
    JsonNode a = bench.post("/api/next", "{\"tab\":\"a\"}").path("next");
    JsonNode b = bench.post("/api/next", "{\"tab\":\"b\"}").path("next");
    assertThat(a.path("clip").asInt()).isNotEqualTo(b.path("clip").asInt());
    assertThat(bench.post("/api/next", "{\"tab\":\"a\"}").path("next").path("clip").asInt())
        .isEqualTo(a.path("clip").asInt());
  }

  @Test
  @DisplayName("the sound of a wave file goes out as it is, in the ranges that are asked for")
  void ranges() throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("sounds/tone-02.wav"));
    HttpResponse<byte[]> all = bench.get("/sound/2");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(file);
    assertThat(all.headers().firstValue("accept-ranges")).contains("bytes");
    assertThat(all.headers().firstValue("content-type")).contains("audio/wav");
    assertThat(part("bytes=100-199")).isEqualTo("206 bytes 100-199/48044 100");
    assertThat(part("bytes=48000-")).isEqualTo("206 bytes 48000-48043/48044 44");
    assertThat(part("bytes=-10")).isEqualTo("206 bytes 48034-48043/48044 10");
    assertThat(part("bytes=-99999")).isEqualTo("206 bytes 0-48043/48044 48044");
    assertThat(part("bytes=0-99999999999999999999")).isEqualTo("206 bytes 0-48043/48044 48044");
    assertThat(part("bytes=48044-")).startsWith("416 bytes */48044");
    assertThat(part("bytes=-0")).startsWith("416 bytes */48044");
    for (String ignored :
        new String[] {"bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=0-1,5-6"}) {
      assertThat(part(ignored)).as(ignored).isEqualTo("200 - 48044");
    }
    assertThat(bench.bytes(bench.ask("/sound/2").header("Range", "bytes=100-199").build()).body())
        .isEqualTo(Arrays.copyOfRange(file, 100, 200));
  }

  private String part(String range) {
    HttpResponse<byte[]> got = bench.bytes(bench.ask("/sound/2").header("Range", range).build());
    return got.statusCode()
        + " "
        + got.headers().firstValue("content-range").orElse("-")
        + " "
        + got.body().length;
  }

  @Test
  @DisplayName("the same sound as decoded waves has the same samples, from any byte on")
  void decoded() throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("sounds/tone-01.wav"));
    assertThat(bench.get("/sound/1?as=wav").body()).isEqualTo(file);
    for (int from : new int[] {0, 43, 44, 45, 46, 10_000, 33_333, 48_043}) {
      HttpResponse<byte[]> got =
          bench.bytes(bench.ask("/sound/1?as=wav").header("Range", "bytes=" + from + "-").build());
      assertThat(got.body())
          .as("from " + from)
          .isEqualTo(Arrays.copyOfRange(file, from, file.length));
    }
  }

  @Test
  @DisplayName("a clip has a waveform and a spectrogram")
  void pictures() {
    JsonNode told = bench.json("/api/clip/0/peaks");
    assertThat(told.path("seconds").asDouble()).isEqualTo(1.5);
    assertThat(told.path("peaks").size()).isEqualTo(2000);
    assertThat(told.path("topHz").asDouble()).isEqualTo(8000);
    HttpResponse<byte[]> png = bench.get("/picture/0");
    assertThat(png.headers().firstValue("content-type")).contains("image/png");
    assertThat(png.body()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  @DisplayName("a clip whose file cannot be read is told as one that can, and can be labelled")
  void unreadable() throws Exception {
    Files.write(folder.resolve("sounds/tone-02.wav"), new byte[0]);
    JsonNode clip = bench.json("/api/clip/2?tab=a");
    assertThat(clip.path("clip").asInt()).isEqualTo(2);
    assertThat(clip.path("name").asString()).isEqualTo("tone-02.wav");
    assertThat(bench.get("/api/clip/2/peaks").statusCode()).isEqualTo(404);
    Files.delete(folder.resolve("sounds/tone-02.wav"));
    assertThat(bench.json("/api/clip/2").path("name").asString()).isEqualTo("tone-02.wav");
    assertThat(bench.get("/api/clip/4").statusCode()).isEqualTo(404);
    label(2, "unknown");
    assertThat(bench.json("/api/review").path("items").get(0).path("name").asString())
        .isEqualTo("tone-02.wav");
  }

  @Test
  @DisplayName("HEAD gets the headers of GET, and nothing else")
  void heads() {
    for (String path : new String[] {"/sound/0", "/sound/0?as=wav", "/picture/0", "/api/state"}) {
      HttpResponse<byte[]> got = bench.get(path);
      HttpResponse<byte[]> head = bench.bytes(bench.ask(path).HEAD().build());
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).as(path).isEmpty();
      for (String name : new String[] {"content-type", "content-length", "accept-ranges"}) {
        assertThat(head.headers().firstValue(name))
            .as(path + " " + name)
            .isEqualTo(got.headers().firstValue(name));
      }
    }
  }

  @Test
  @DisplayName(
      "the labels file may not lie in the folder that is served; the message says where to")
  void outside() {
    ClipList clips = ClipList.of(SoundFiles.folder(folder.resolve("sounds")));
    LabelOptions inside = LabelOptions.of(folder.resolve("sounds/labels.json"));
    assertThatThrownBy(() -> Labeller.open(clips, inside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lies in " + folder.resolve("sounds"))
        .hasMessageContaining("for example " + folder.resolve("labels.json"));
  }
}
