package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Batches: what is kept and how long, what is deleted, and what a passing fault does. */
class JobsTest {
  private static final String LINE = "{\"file\":\"a.wav\",\"label\":\"low\"}\n";

  @TempDir Path folder;

  private Path batches() {
    return folder.resolve("work/batches");
  }

  private Service start() throws IOException {
    return Service.of(folder, ServeLimits.of());
  }

  /** A batch as an earlier service left it. */
  private Path left(char digit, int files, int done, Duration ago) throws IOException {
    String id = String.valueOf(digit).repeat(32);
    Path place = Files.createDirectories(batches().resolve(id));
    Instant accepted = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
    List<String> names = Stream.generate(() -> "a.wav").limit(files).toList();
    Job.begin(place, id, "", "tones", names, accepted);
    for (int i = done; i < files; i++) {
      Files.write(place.resolve("file-" + i), Service.wav("low", 1, i));
    }
    Path results = Files.writeString(place.resolve("results.jsonl"), LINE.repeat(done));
    Files.setLastModifiedTime(results, FileTime.from(Instant.now().minus(ago)));
    return place;
  }

  /** The id of a new batch of so many sounds. */
  private static String taken(Service service, int files, int seconds) {
    byte[] sound = Service.wav("low", seconds, 1);
    HttpResponse<String> answer =
        service.batch("/v1/batch?model=tones", Stream.generate(() -> sound).limit(files).toList());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return Service.json(answer).path("id").asString();
  }

  private static JsonNode wait(Service service, String id, String state) throws Exception {
    for (int i = 0; i < 1000; i++) {
      JsonNode job = service.json("/v1/jobs/" + id);
      if (job.path("state").asString().equals(state)) {
        return job;
      }
      Thread.sleep(20);
    }
    throw new AssertionError(service.json("/v1/jobs/" + id));
  }

  @Test
  @DisplayName("results are kept for a day from the end of a batch, however long ago it was taken")
  void kept() throws Exception {
    Path old = left('a', 1, 1, Duration.ofHours(25));
    Path late = left('b', 1, 1, Duration.ofHours(1));
    Path half = left('c', 2, 1, Duration.ofHours(60));
    try (Service service = start()) {
      assertThat(old).doesNotExist();
      assertThat(service.get("/v1/jobs/" + "b".repeat(32) + "/results").body()).isEqualTo(LINE);
      wait(service, "c".repeat(32), "done");
      service.batch("/v1/batch?model=tones", List.of(Service.wav("low", 1, 1)));
      HttpResponse<String> results = service.get("/v1/jobs/" + "c".repeat(32) + "/results");
      assertThat(results.body()).startsWith(LINE).endsWith("}\n");
      assertThat(results.body().lines()).hasSize(2);
      assertThat(results.headers().firstValueAsLong("Content-Length").orElseThrow())
          .isEqualTo(results.body().length());
      assertThat(late).exists();
      assertThat(half).exists();
    }
  }

  @Test
  @DisplayName("of finished batches the latest hundred are kept")
  void hundred() throws Exception {
    for (int i = 0; i < 103; i++) {
      Path place = left('d', 1, 1, Duration.ofMinutes(i));
      String id = "%032x".formatted(i);
      Files.writeString(
          place.resolve("job.json"),
          Files.readString(place.resolve("job.json")).replace("d".repeat(32), id));
      Files.move(place, batches().resolve(id));
    }
    try (Service service = start()) {
      assertThat(service.json("/v1/jobs").path("jobs").size()).isEqualTo(100);
      assertThat(service.get("/v1/jobs/%032x".formatted(99)).statusCode()).isEqualTo(200);
      assertThat(service.get("/v1/jobs/%032x".formatted(100)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("only what a service made is deleted, and not while another service has the folder")
  void foreign() throws Exception {
    Path recording = folder.resolve("work/sounds/my recording.wav");
    Path mine = folder.resolve("work/batches/notes/a.txt");
    Path spooled = folder.resolve("work/sounds/" + "0".repeat(32) + "/sound-1");
    Path begun = batches().resolve("1".repeat(32)).resolve("file-0");
    for (Path one : List.of(recording, mine, spooled, begun)) {
      Files.createDirectories(one.getParent());
      Files.writeString(one, "x");
    }
    try (Service service = start()) {
      assertThat(recording).exists();
      assertThat(mine).exists();
      assertThat(spooled).doesNotExist();
      assertThat(begun.getParent()).doesNotExist();
      Path own;
      try (Stream<Path> all = Files.list(folder.resolve("work/sounds"))) {
        own = all.filter(Files::isDirectory).toList().getFirst();
      }
      assertThatThrownBy(this::start).hasMessageContaining("another service uses this folder");
      assertThat(own).exists();
      assertThat(service.get("/health").statusCode()).isEqualTo(200);
    }
    try (Stream<Path> all = Files.list(folder.resolve("work/sounds"))) {
      assertThat(all).containsExactly(recording);
    }
  }

  @Test
  @Tag("long")
  @DisplayName("a fault of the disk hinders a batch, no more: it goes on when it has passed")
  void hindered() throws Exception {
    Path first = left('e', 2, 0, Duration.ZERO).resolve("results.jsonl");
    Files.delete(first);
    Files.createDirectory(first);
    assertThatThrownBy(this::start).hasMessageContaining("results.jsonl");
    Files.delete(first);
    try (Service service = start()) { // the folder is free again
      wait(service, "e".repeat(32), "done");
      String busy = taken(service, 60, 4);
      String id = taken(service, 2, 1); // not begun before the other is ended
      Path results = Files.createDirectory(batches().resolve(id).resolve("results.jsonl"));
      service.send(service.ask("/v1/jobs/" + busy).DELETE());
      JsonNode job = service.json("/v1/jobs/" + id);
      for (int i = 0; i < 1000 && job.path("problem").isMissingNode(); i++) {
        Thread.sleep(10);
        job = service.json("/v1/jobs/" + id);
      }
      assertThat(job.path("problem").asString())
          .isEqualTo("the service cannot go on with it just now, and tries again");
      // another batch is worked off meanwhile
      wait(service, taken(service, 1, 1), "done");
      Files.delete(results);
      job = wait(service, id, "done");
      assertThat(job.path("problem").isMissingNode()).isTrue();
      assertThat(service.get("/v1/jobs/" + id + "/results").body().lines()).hasSize(2);
    }
  }

  @Test
  @DisplayName("a batch that is cancelled keeps its results, but not its sounds")
  void cancelled() throws Exception {
    try (Service service = start()) {
      String id = taken(service, 20, 20);
      HttpResponse<String> answer = service.send(service.ask("/v1/jobs/" + id).DELETE());
      assertThat(Service.json(answer).path("state").asString()).isEqualTo("cancelled");
      for (int i = 0; i < 1000 && sounds(id) > 0; i++) {
        Thread.sleep(10);
      }
      assertThat(sounds(id)).isZero();
      assertThat(service.json("/v1/jobs/" + id).path("state").asString()).isEqualTo("cancelled");
      service.send(service.ask("/v1/jobs/" + id).DELETE());
      assertThat(batches().resolve(id)).doesNotExist();
    }
  }

  private long sounds(String id) throws IOException {
    try (Stream<Path> all = Files.list(batches().resolve(id))) {
      return all.filter(one -> one.getFileName().toString().startsWith("file-")).count();
    }
  }

  @Test
  @Tag("long")
  @DisplayName("uploads under way count as unfinished batches")
  void reserved() throws Exception {
    try (Service service = Service.of(folder, ServeLimits.of().withWorkers(1, 8, 1))) {
      int port = service.server.address().getPort();
      byte[] head =
          String.join(
                  "\r\n",
                  "POST /v1/batch?model=tones HTTP/1.1",
                  "Host: 127.0.0.1:%d",
                  "Content-Type: multipart/form-data; boundary=xyz",
                  "Content-Length: 100000",
                  "",
                  "--xyz",
                  "")
              .formatted(port)
              .getBytes(StandardCharsets.US_ASCII);
      int most = ServeLimits.of().jobs();
      Socket[] slow = new Socket[most];
      for (int i = 0; i < most; i++) {
        slow[i] = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = slow[i].getOutputStream();
        out.write(head);
        out.flush();
      }
      HttpResponse<String> refused = null;
      for (int i = 0; i < 200 && (refused == null || refused.statusCode() != 503); i++) {
        Thread.sleep(10);
        refused = service.batch("/v1/batch?model=tones", List.of(Service.wav("low", 1, 1)));
      }
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      for (Socket one : slow) {
        one.close();
      }
      for (int i = 0; i < 500 && refused.statusCode() != 202; i++) {
        Thread.sleep(10);
        refused = service.batch("/v1/batch?model=tones", List.of(Service.wav("low", 1, 1)));
      }
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(202);
    }
  }

  @Test
  @DisplayName("rows may have 16 MB, however large sounds may be")
  void largeRows() throws Exception {
    try (Service service = start()) {
      String body = "{\"rows\": [" + " ".repeat(17 << 20) + "]}";
      HttpResponse<String> answer = service.rows("/v1/classify?model=prices", body);
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("at most 16777216 bytes");
    }
  }
}
