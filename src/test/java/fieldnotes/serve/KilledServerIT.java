package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.ChildJvm;
import fieldnotes.label.ClipList;
import fieldnotes.label.Label;
import fieldnotes.label.LabelSet;
import fieldnotes.label.LabelStep;
import fieldnotes.label.LabelStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server is killed at random moments, under clients that label as fast as they can. The
 * property {@code fieldnotes.kills} says how often; 300 take some minutes.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "destroyForcibly is no kill -9 there")
class KilledServerIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CLIPS = 300;

  @TempDir Path folder;

  private final Random random = new Random(20_261_130);

  /** Serves until it is killed. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws InterruptedException {
      Path home = Path.of(args[0]);
      ClipList clips = ClipList.of(SoundFiles.folder(home.resolve("sounds")));
      LabelOptions options = LabelOptions.of(home.resolve("labels.json"));
      try (Labeller labeller =
          Labeller.open(clips, options.withWho("ann").withOrder(LabelOptions.Order.GIVEN))) {
        System.out.println(labeller.address());
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  /** A client of a running server. */
  private static final class Client {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final CountDownLatch first;

    Client(URI address, CountDownLatch first) {
      this.address = address;
      this.first = first;
    }

    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header(Guard.TOKEN_HEADER, address.getQuery().substring("token=".length()))
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      first.countDown();
      return JSON.readTree(answer.body());
    }
  }

  private Process start() throws IOException {
    return ChildJvm.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Djava.awt.headless=true"),
            Server.class,
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  @DisplayName("kill -9 of the server at any moment loses and doubles no acknowledged label")
  void killed() throws Exception {
    Path tone = Files.createDirectories(folder.resolve("sounds")).resolve("000.wav");
    AudioFiles.writeWav(Bench.tone(300, 0.2), tone);
    for (int i = 1; i < CLIPS; i++) {
      Files.copy(tone, tone.resolveSibling("%03d.wav".formatted(i)));
    }
    int kills = Integer.getInteger("fieldnotes.kills", 6);
    int acknowledged = 0;
    int between = 0;
    for (int kill = 0; kill < kills; kill++) {
      int steps = steps();
      Process server = start();
      String line =
          new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      CountDownLatch first = new CountDownLatch(random.nextInt(4) > 0 ? 1 : 0);
      Thread killer = Thread.ofPlatform().start(() -> kill(server, first));
      int told =
          kill % 3 == 0
              ? alone(new Client(URI.create(line), first))
              : several(URI.create(line), first);
      killer.join();
      server.waitFor();
      acknowledged += told;
      int now = steps();
      between += kill % 3 == 0 ? 0 : now - steps - told;
      // whatever else reads the file finds JSON
      JSON.readTree(Files.readAllBytes(folder.resolve("labels.json")));
    }
    System.out.printf(
        "KilledServerIT: %d kills, %d steps acknowledged and all there, %d written but not yet acknowledged%n",
        kills, acknowledged, between);
    assertThat(acknowledged).isGreaterThan(kills);
  }

  /** After the first answer, or at once. */
  private void kill(Process server, CountDownLatch first) {
    try {
      first.await(1, TimeUnit.MINUTES);
      LockSupport.parkNanos(random.nextInt(500_000_000));
      server.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int steps() {
    if (!Files.exists(folder.resolve("labels.json"))) {
      return 0;
    }
    try (LabelStore store = LabelStore.open(folder.resolve("labels.json"), "ann")) {
      assertThat(store.steps()).extracting(LabelStep::number).doesNotHaveDuplicates().isSorted();
      return store.steps().size();
    }
  }

  private Map<Integer, String> kept() {
    LabelSet labels = LabelStore.read(folder.resolve("labels.json"));
    Map<Integer, String> kept = new HashMap<>();
    for (Label label : labels.labels()) {
      String name = label.clip().file();
      kept.put(Integer.valueOf(name.substring(name.length() - 7, name.length() - 4)), label.name());
    }
    return kept;
  }

  private static final List<String> CLASSES = List.of("music", "dialogue", "both", "unknown");

  /** One client, with undos: the file is as it was told, or one step further. */
  private int alone(Client client) throws InterruptedException {
    Deque<Map<Integer, String>> states = new ArrayDeque<>();
    Map<Integer, String> state = new HashMap<>(kept());
    states.push(Map.copyOf(state));
    Map<Integer, String> trying = null;
    int told = 0;
    try {
      while (true) {
        if (states.size() > 1 && random.nextInt(4) == 0) {
          states.pop();
          trying = states.peek();
          client.post("/api/undo", Map.of());
          state = new HashMap<>(trying);
        } else {
          int clip = random.nextInt(CLIPS);
          String name = CLASSES.get(random.nextInt(4));
          Map<Integer, String> next = new HashMap<>(state);
          next.put(clip, name);
          trying = Map.copyOf(next);
          client.post("/api/label", Map.of("clip", clip, "class", name, "tab", "t"));
          states.push(trying);
          state = next;
        }
        told++;
      }
    } catch (IOException e) {
      // the server is gone
    }
    Map<Integer, String> kept = kept();
    assertThat(List.of(state, trying == null ? state : trying)).contains(kept);
    return told;
  }

  /** Four clients, each with clips of its own: each clip has its last label, or the one after. */
  private int several(URI address, CountDownLatch first) throws InterruptedException {
    Map<Integer, String> told = new ConcurrentHashMap<>();
    Map<Integer, String> trying = new ConcurrentHashMap<>();
    List<Integer> count = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      long seed = random.nextLong();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Client client = new Client(address, first);
                    Random own = new Random(seed);
                    try {
                      while (true) {
                        int clip = thread + 4 * own.nextInt(CLIPS / 4);
                        String name = CLASSES.get(own.nextInt(4));
                        trying.put(clip, name);
                        client.post(
                            "/api/label", Map.of("clip", clip, "class", name, "tab", "t" + thread));
                        told.put(clip, name);
                        trying.remove(clip);
                        count.add(clip);
                      }
                    } catch (IOException | InterruptedException e) {
                      // the server is gone
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Map<Integer, String> kept = kept();
    told.forEach(
        (clip, name) ->
            assertThat(kept.get(clip))
                .as("clip %d", clip)
                .isIn(name, trying.getOrDefault(clip, name)));
    return count.size();
  }
}
