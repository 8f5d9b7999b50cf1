package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that mean harm, each with the answer that it must get; the others are served on. */
class HostileServiceIT {
  private static final String ROW = "{\"row\": {\"a\": 0.5, \"b\": 0.25}}";

  @TempDir static Path folder;
  static Service service;

  @BeforeAll
  static void start() throws IOException {
    service = Service.of(folder, ServeLimits.of().withTimes(1.5, 1.5, 3));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void others() throws Exception {
    assertThat(service.rows("/v1/classify?model=prices", ROW).statusCode()).isEqualTo(200);
    for (int i = 0; i < 500 && service.metric("fieldnotes_requests_open") > 1; i++) {
      Thread.sleep(20);
    }
    assertThat(service.metric("fieldnotes_requests_open")).isEqualTo(1);
    assertThat(Service.soundsLeft(folder)).isEmpty();
  }

  private static Socket socket() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), service.server.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String head(String path, String more) {
    return "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
        .formatted(path, service.server.address().getPort(), more);
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Sends the rest byte by byte until it is cut off, and returns the answer. */
  private static String drip(String first, String byByte) throws Exception {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(first.getBytes(ISO_8859_1));
      try {
        for (int i = 0; i < byByte.length() && socket.getInputStream().available() == 0; i++) {
          out.write(byByte.charAt(i));
          Thread.sleep(50);
        }
        return answer(socket);
      } catch (IOException e) {
        return "cut off";
      }
    }
  }

  @Test
  @DisplayName("slow-loris: a head that drips gets 408 in time, on each of 50 connections")
  void slowHead() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      answers.add(drip("", head("/v1/classify", "X: " + "y".repeat(4000))));
                    } catch (Exception e) {
                      answers.add(e.toString());
                    }
                  }));
    }
    HttpResponse<String> other = service.rows("/v1/classify?model=prices", ROW);
    assertThat(other.statusCode()).isEqualTo(200);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(60);
    assertThat(answers)
        .hasSize(50)
        .allSatisfy(a -> assertThat(a).startsWith("HTTP/1.1 408").contains("came too slowly"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"application/json, prices", "audio/wav, tones"})
  @DisplayName("half a body, and one that drips, get 408")
  void halfBody(String type, String model) throws Exception {
    String head =
        head(
            "/v1/classify?model=" + model,
            "Content-Type: %s\r\nContent-Length: 5000\r\n".formatted(type));
    try (Socket socket = socket()) {
      socket.getOutputStream().write((head + "x".repeat(2500)).getBytes(ISO_8859_1));
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 408")
          .contains("Connection: close")
          .contains("did not come in time");
    }
    assertThat(drip(head, "y".repeat(5000))).startsWith("HTTP/1.1 408");
    try (Socket socket = socket()) { // and one that is cut off
      socket.getOutputStream().write((head + "x".repeat(2500)).getBytes(ISO_8859_1));
    }
  }

  @Test
  @DisplayName("half a batch gets 408, and is no job")
  void halfBatch() throws Exception {
    String part =
        "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
            + "x".repeat(100_000);
    String head =
        head(
            "/v1/batch?model=tones",
            "Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: 200000\r\n");
    try (Socket socket = socket()) {
      socket.getOutputStream().write((head + part).getBytes(ISO_8859_1));
      assertThat(answer(socket)).startsWith("HTTP/1.1 408");
    }
    HttpResponse<String> broken =
        service.send(
            service
                .ask("/v1/batch?model=tones")
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(part)));
    assertThat(broken.statusCode()).as(broken.body()).isEqualTo(400);
    assertThat(service.json("/v1/jobs").path("jobs").size()).isZero();
  }

  @Test
  @DisplayName("a thousand open sockets stop nobody, and are closed")
  void manySockets() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        sockets.add(socket());
        if (i % 2 == 0) {
          sockets.getLast().getOutputStream().write("POST /v1/cl".getBytes(ISO_8859_1));
        }
      }
      assertThat(service.rows("/v1/classify?model=prices", ROW).statusCode()).isEqualTo(200);
      for (int i = 0; i < 1000; i++) {
        String answer = answer(sockets.get(i));
        assertThat(answer).as("socket %d", i).startsWith(i % 2 == 0 ? "HTTP/1.1 408" : "");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    for (int i = 0; i < 500 && service.metric("fieldnotes_connections_open") > 5; i++) {
      Thread.sleep(20);
    }
    assertThat(service.metric("fieldnotes_connections_open")).isLessThan(6);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /health HTTP/9.9|505",
        "NONSENSE|400",
        "GET /../../etc/passwd HTTP/1.1|400",
        "GET /v1/models/..%2f..%2fetc HTTP/1.1|404",
        "GET /v1/jobs/%2e%2e HTTP/1.1|404",
        "TRACE / HTTP/1.1|405",
        "GET /health HTTP/1.1;Host: evil.example|403",
        "GET /health HTTP/1.1;Origin: http://evil.example|403",
        "GET /v1/models HTTP/1.1;Sec-Fetch-Site: cross-site|403",
        "POST /v1/classify HTTP/1.1;Content-Length: -1|400",
        "POST /v1/classify?model=tones HTTP/1.1;Content-Length: 99999999999|413",
        "POST /v1/classify HTTP/1.1;Transfer-Encoding: chunked;Content-Length: 3|400",
      })
  void raw(String request, int status) throws Exception {
    String[] lines = request.split(";");
    StringBuilder text = new StringBuilder(lines[0]).append("\r\n");
    if (!request.contains("Host:")) {
      text.append("Host: 127.0.0.1:").append(service.server.address().getPort()).append("\r\n");
    }
    for (int i = 1; i < lines.length; i++) {
      text.append(lines[i]).append("\r\n");
    }
    try (Socket socket = socket()) {
      socket.getOutputStream().write((text + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      String answer = answer(socket);
      assertThat(answer.split(" ", 3)[1]).as(answer).isEqualTo(Integer.toString(status));
      assertThat(answer)
          .contains("{\"error\":\"", "X-Content-Type-Options: nosniff")
          .doesNotContain("Exception", "Jetty", "jetty", "java.", folder.toString());
    }
  }

  @Test
  @DisplayName("hostile sounds, and good ones with flipped bytes, are named or refused, no more")
  void hostileSounds() throws Exception {
    Path cases = Path.of("..", "shared", "cases", "audio");
    if (!Files.isDirectory(cases)) {
      System.err.println("SKIPPED: no ../shared/cases/audio, so no hostile sounds were sent");
      Assumptions.abort("no ../shared/cases/audio");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(cases)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Random random = new Random(20_261_130);
    int named = 0;
    int refused = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < Integer.getInteger("fieldnotes.flips", 3); round++) {
        byte[] sent = bytes.clone();
        for (int flip = 0; flip < 20 * round; flip++) {
          sent[random.nextInt(round == 2 ? sent.length : Math.min(200, sent.length))] =
              (byte) random.nextInt(256);
        }
        HttpResponse<String> answer = service.sound("/v1/classify?model=tones", sent);
        assertThat(answer.statusCode()).as("%s: %s", file, answer.body()).isIn(200, 413, 415);
        assertThat(answer.body()).doesNotContain(folder.toString());
        if (answer.statusCode() == 200) {
          named++;
        } else {
          refused++;
          assertThat(Service.json(answer).path("error").asString()).startsWith("the sound ");
        }
      }
    }
    System.out.printf("HostileServiceIT: %d sounds named, %d refused%n", named, refused);
    assertThat(named).isPositive();
    assertThat(refused).isPositive();
  }
}
