package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.ChildJvm;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service is killed, stopped, and given other models, while clients ask. */
class ServiceUnderLoadIT {
  private static final String ROW = "{\"row\": {\"a\": 0.5, \"b\": 0.25}}";

  @TempDir Path folder;

  /** Serves until it is killed. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws Exception {
      Path home = Path.of(args[0]);
      ServeOptions options =
          ServeOptions.of(home.resolve("tones.model"))
              .withWork(home.resolve("work"))
              .withLimits(ServeLimits.of().withWarmUp(0));
      try (ModelServer server = ModelServer.start(options)) {
        System.out.println(server.address());
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "destroyForcibly is no kill -9 there")
  @DisplayName("kill -9 under load and a start: no acknowledged batch is lost, none done twice")
  void killed() throws Exception {
    Service.tones(folder);
    byte[] sound = Service.wav("low", 1, 9);
    Random random = new Random(14);
    List<String> taken = new ArrayList<>();
    int kills = Integer.getInteger("fieldnotes.kills", 3);
    for (int kill = 0; kill < kills; kill++) {
      Process server = start();
      URI address = address(server);
      CountDownLatch first = new CountDownLatch(1);
      Thread killer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      first.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    LockSupport.parkNanos(random.nextInt(600_000_000));
                    server.destroyForcibly();
                  });
      try (HttpClient client = HttpClient.newHttpClient()) {
        while (true) {
          HttpResponse<String> answer = send(client, address, sound);
          if (answer.statusCode() == 202) {
            taken.add(answer.headers().firstValue("Location").orElseThrow());
            first.countDown();
          } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            Thread.sleep(20);
          }
        }
      } catch (IOException e) {
        // the service is gone
      }
      killer.join();
      server.waitFor();
    }
    Process server = start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = address(server);
      for (String place : taken) {
        JsonNode job = json(client, address.resolve(place));
        long end = System.nanoTime() + 60_000_000_000L;
        while (!job.path("state").asString().equals("done")) {
          assertThat(System.nanoTime()).as(job.toString()).isLessThan(end);
          Thread.sleep(20);
          job = json(client, address.resolve(place));
        }
        HttpResponse<String> results = get(client, address.resolve(place + "/results"));
        assertThat(results.body().lines().map(Answers.JSON::readTree))
            .extracting(one -> one.path("file").asString() + one.path("label").asString())
            .containsExactly("clip-0.wavlow", "clip-1.wavlow");
      }
    } finally {
      server.destroyForcibly();
      server.waitFor();
    }
    System.out.printf(
        "ServiceUnderLoadIT: %d kills, %d batches taken and all finished%n", kills, taken.size());
    assertThat(taken).hasSizeGreaterThanOrEqualTo(kills);
  }

  private Process start() throws IOException {
    return ChildJvm.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Djava.awt.headless=true"),
            Server.class,
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI address(Process server) throws IOException {
    return URI.create(
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
            .readLine());
  }

  private static HttpResponse<String> send(HttpClient client, URI address, byte[] sound)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/batch"))
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(Service.multipart(List.of(sound, sound))))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpClient client, URI address)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = get(client, address);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Answers.JSON.readTree(answer.body());
  }

  @Test
  @DisplayName("models are swapped under load: no request fails, each answer is of its version")
  void swapped() throws Exception {
    try (Service service = Service.of(folder, ServeLimits.of())) {
      Map<String, Double> byVersion = new ConcurrentHashMap<>();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      Map<String, Double> seen = new ConcurrentHashMap<>();
      List<Thread> threads = new ArrayList<>();
      List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
      for (int t = 0; t < 8; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!stop.get()) {
                        HttpResponse<String> answer =
                            service.rows("/v1/classify?model=prices", ROW);
                        asked.incrementAndGet();
                        JsonNode told = Service.json(answer);
                        double value = told.path("predictions").path(0).path("value").asDouble();
                        Double before = seen.put(told.path("version").asString(), value);
                        if (answer.statusCode() != 200 || (before != null && before != value)) {
                          wrong.add(answer.body());
                        }
                      }
                    }));
      }
      for (int seed = 3; seed < 23; seed++) {
        Path file = Service.prices(folder, seed);
        double value =
            ModelFile.loadNumbers(file)
                .predict(Matrix.of(List.of("a", "b"), new double[][] {{0.5, 0.25}}))[0];
        HttpResponse<String> answer = service.rows("/v1/models/reload?model=prices", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        byVersion.put(service.json("/v1/models/prices").path("version").asString(), value);
        Thread.sleep(30);
      }
      // one that is damaged does not take the place of one that works
      Files.write(folder.resolve("prices.model"), new byte[100]);
      HttpResponse<String> damaged = service.rows("/v1/models/reload", "");
      assertThat(damaged.statusCode()).isEqualTo(409);
      assertThat(damaged.body()).contains("the models stay as they are");
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).isEmpty();
      assertThat(byVersion).hasSize(20);
      assertThat(seen.size()).isGreaterThan(3);
      seen.forEach((version, value) -> assertThat(byVersion.get(version)).isEqualTo(value));
      System.out.printf(
          "ServiceUnderLoadIT: %d requests while 20 models came, none failed%n", asked.get());
    }
  }

  @Test
  @DisplayName("what was taken is finished when the service stops; what comes is told 503")
  void stopped() throws Exception {
    Service service = Service.of(folder, ServeLimits.of().withSizes(32L << 20, 600));
    byte[] sound = Service.wav("hiss", 30, 1);
    HttpResponse<String> job = service.batch("/v1/batch?model=tones", List.of(sound, sound));
    String place = job.headers().firstValue("Location").orElseThrow();
    int port = service.server.address().getPort();
    String head =
        String.join(
            "\r\n",
            "POST /v1/classify?model=prices HTTP/1.1",
            "Host: 127.0.0.1:%d",
            "Content-Type: application/json",
            "Content-Length: %d",
            "",
            "");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.formatted(port, ROW.length()).getBytes(StandardCharsets.US_ASCII));
      while (service.metric("fieldnotes_requests_open") < 2) {
        Thread.sleep(5);
      }
      Thread close = Thread.ofPlatform().start(service.server::close);
      HttpResponse<String> refused = service.get("/v1/models");
      while (refused.statusCode() == 200) {
        refused = service.get("/v1/models");
      }
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("5");
      out.write(ROW.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      close.join();
    }
    try (Service again = Service.of(folder, ServeLimits.of())) {
      long end = System.nanoTime() + 60_000_000_000L;
      while (!again.json(place).path("state").asString().equals("done")) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  @Test
  @DisplayName("a full service says 503 and when to come again; nothing queues")
  void full() throws Exception {
    try (Service service = Service.of(folder, ServeLimits.of().withWorkers(1, 2, 1))) {
      byte[] sound = Service.wav("hiss", 20, 1);
      Map<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      HttpResponse<String> answer =
                          service.sound("/v1/classify?model=tones", sound);
                      counts
                          .computeIfAbsent(answer.statusCode(), any -> new AtomicInteger())
                          .incrementAndGet();
                      if (answer.statusCode() == 503) {
                        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(counts.keySet()).containsExactlyInAnyOrder(200, 503);
      assertThat(counts.get(200).get()).isGreaterThanOrEqualTo(3);
      assertThat(service.metric("fieldnotes_requests_waiting")).isZero();
    }
  }
}
