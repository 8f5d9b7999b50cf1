package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import fieldnotes.label.LabelStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Many clips, and many who ask at once. */
@Tag("timed")
class LabelLoadIT {
  private static final int CLIPS = 30_000;
  private static final int FILES = 60;

  @TempDir Path folder;

  private ClipList many() throws Exception {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    List<SoundFiles.Item> items = new ArrayList<>();
    for (int i = 0; i < CLIPS; i++) {
      Path file = sounds.resolve("clip-%05d.wav".formatted(i));
      if (i < FILES) {
        AudioFiles.writeWav(Bench.tone(150 + 10 * i, 2), file);
      } else {
        Files.createLink(file, sounds.resolve("clip-%05d.wav".formatted(i % FILES)));
      }
      items.add(new SoundFiles.Item(file, file.getFileName().toString(), ""));
    }
    return ClipList.of(SoundFiles.listed(sounds.toString(), items));
  }

  @Test
  @DisplayName(
      "30,000 clips open at once; 20 at a time hear and label: the next is there in 100 ms")
  void twentyAtOnce() throws Exception {
    Bench.of(Files.createDirectories(folder.resolve("first")), 2, 0.5).close(); // loads classes
    ClipList clips = many();
    long start = System.nanoTime();
    Path file = folder.resolve("labels.json");
    AtomicInteger labelled = new AtomicInteger();
    double p99 = Double.NaN;
    double limit = 0;
    try (Bench bench = new Bench(Labeller.open(clips, LabelOptions.of(file)))) {
      assertThat(bench.get("/api/state").statusCode()).isEqualTo(200);
      double opened = (System.nanoTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "30,000 clips opened in %.2f s%n", opened);
      assertThat(opened).isLessThan(3);
      twenty(bench, 100, labelled); // until the code is compiled
      // On a machine that others use, too, the quietest of three rounds tells.
      for (int round = 0; round < 3 && !(p99 < limit); round++) {
        long[] times = twenty(bench, 40, labelled).stream().mapToLong(t -> t).sorted().toArray();
        double sync = sync();
        p99 = times[(int) (times.length * 0.99)] / 1e6;
        // A label waits for the sync that is under way and for its own: what a slow disk adds is
        // its own.
        limit = 100 + 2 * Math.max(0, sync - 10);
        System.out.printf(
            Locale.ROOT,
            "next clip, %d requests, 20 at once: median %.1f ms, 99th percentile %.1f ms, most %.1f"
                + " ms; of the disk alone, 99th percentile %.1f ms%n",
            times.length,
            times[times.length / 2] / 1e6,
            p99,
            times[times.length - 1] / 1e6,
            sync);
      }
    }
    assertThat(p99).isLessThan(limit);
    assertThat(LabelStore.read(file).size()).isEqualTo(labelled.get());
  }

  /** How long the disk alone takes to sync a line, in ms: the 99th percentile of 100. */
  private double sync() throws IOException {
    long[] times = new long[100];
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(200));
        channel.force(true);
        times[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    return times[(int) (times.length * 0.99) - 1] / 1e6;
  }

  private static List<Long> twenty(Bench bench, int each, AtomicInteger labelled) throws Exception {
    List<Long> times = new ArrayList<>();
    try (ExecutorService people = Executors.newFixedThreadPool(20)) {
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int p = 0; p < 20; p++) {
        String tab = "{\"tab\":\"%d\"".formatted(p);
        all.add(people.submit(() -> listen(bench, tab, each, labelled)));
      }
      for (Future<List<Long>> one : all) {
        times.addAll(one.get());
      }
    }
    return times;
  }

  /** One person: a label, then the sound of the next clip, as the page asks. */
  private static List<Long> listen(Bench bench, String tab, int each, AtomicInteger labelled) {
    List<Long> times = new ArrayList<>();
    JsonNode next = bench.post("/api/next", tab + "}").path("next");
    for (int i = 0; i < each; i++) {
      long start = System.nanoTime();
      int clip = next.path("clip").asInt();
      HttpResponse<byte[]> answer =
          bench.send("/api/label", tab + ",\"clip\":%d,\"class\":\"music\"}".formatted(clip));
      times.add(System.nanoTime() - start);
      assertThat(answer.statusCode()).isEqualTo(200);
      labelled.incrementAndGet();
      next = Bench.JSON.readTree(answer.body()).path("next");
      int then = next.path("clip").asInt();
      assertThat(then).isNotEqualTo(clip);
      assertThat(bench.get("/sound/" + then).statusCode()).isEqualTo(200);
    }
    return times;
  }
}
