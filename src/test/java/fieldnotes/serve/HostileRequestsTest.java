package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests that mean harm, as bytes, each with the answer that it must get. */
class HostileRequestsTest {
  @TempDir static Path folder;
  static Bench bench;

  @BeforeAll
  static void open() throws IOException {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    Bench.clips(folder, 2, 0.5);
    AudioFiles.writeWav(Bench.tone(300, 0.5), sounds.resolve("<script>alert(1)<\u0001script>.wav"));
    AudioFiles.writeWav(Bench.tone(300, 0.5), folder.resolve("secret.wav"));
    Files.createSymbolicLink(sounds.resolve("u-link.wav"), folder.resolve("secret.wav"));
    AudioFiles.writeWav(Bench.tone(300, 0.5), sounds.resolve("v-pipe.wav"));
    AudioFiles.writeWav(Bench.tone(300, 0.5), sounds.resolve("w-gone.wav"));
    bench =
        new Bench(
            Labeller.open(
                ClipList.of(SoundFiles.folder(sounds)),
                LabelOptions.of(folder.resolve("labels.json"))));
    Files.delete(sounds.resolve("v-pipe.wav"));
    Files.createDirectory(sounds.resolve("v-pipe.wav"));
    Files.delete(sounds.resolve("w-gone.wav"));
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  /** Sends bytes and returns all of the answer. */
  private static String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bench.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String own() {
    return "Host: 127.0.0.1:%d\r\nX-Fieldnotes-Token: %s\r\nConnection: close\r\n"
        .formatted(bench.port(), bench.token());
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  /** Every refusal is JSON with an error, and nothing of the inside. */
  private static void plain(String answer) {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    String json = body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1); // without sizes
    JsonNode told = Bench.JSON.readTree(json);
    assertThat(told.propertyNames()).as(answer).containsExactly("error");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/json")
        .contains("x-content-type-options: nosniff")
        .contains("cache-control: no-store");
    assertThat(answer)
        .doesNotContain(
            "Exception", "\tat ", "javalin", "Jetty", "jetty", "java.", folder.toString());
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /sound/../../etc/passwd, 400",
    "GET, /sound/..%2f..%2fetc%2fpasswd, 404",
    "GET, /sound/%2e%2e/%2e%2e/etc/passwd, 400",
    "GET, /sound/..%252f..%252fetc%252fpasswd, 404",
    "GET, /sound/..%5c..%5cetc%5cpasswd, 404",
    "GET, /sound/..%c0%af..%c0%afetc, 400",
    "GET, /sound/....//....//etc/passwd, 404",
    "GET, /sound/%00, 400",
    "GET, /sound/0%00.wav, 400",
    "GET, /../../../../etc/passwd, 400",
    "GET, /label.js/../../../pom.xml, 400",
    "GET, //etc/passwd, 404",
    "GET, /sound/-1, 404",
    "GET, /sound/6, 404",
    "GET, /sound/99999999999999999999, 404",
    "GET, /sound/0x1, 404",
    "GET, /sound/1e0, 404",
    "GET, /sound/tone-00.wav, 404",
    "GET, /sound/3, 404",
    "GET, /sound/4, 404",
    "GET, /sound/5, 404",
    "GET, /picture/3, 404",
    "GET, /api/clip/3/peaks, 404",
    "GET, /api/clip/%D9%A1, 404",
    "GET, /nothing, 404",
    "GET, /META-INF/MANIFEST.MF, 404",
    "GET, /fieldnotes/serve/label.html, 404",
    "POST, /api/state, 405",
    "GET, /api/label, 405",
    "DELETE, /api/label, 405",
    "PUT, /sound/0, 405",
    "TRACE, /api/label, 405",
    "PROPFIND, /api/label, 405",
  })
  void addresses(String method, String path, int status) {
    String answer = raw(method + " " + path + " HTTP/1.1\r\n" + own() + "\r\n");
    assertThat(status(answer)).as(answer).isEqualTo(status);
    plain(answer);
  }

  @Test
  @DisplayName("OPTIONS says what an address takes, to who has the token")
  void options() {
    String answer = raw("OPTIONS /api/label HTTP/1.1\r\n" + own() + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 204").contains("Allow: POST, OPTIONS");
    String other = raw("OPTIONS /api/label HTTP/1.1\r\n" + own().replace("Token", "T") + "\r\n");
    assertThat(other).startsWith("HTTP/1.1 403").doesNotContain("Allow:");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rebound name, Host: evil.example:PORT, 403",
    "address of the net, Host: 192.168.0.1:PORT, 403",
    "other port, Host: 127.0.0.1:1, 403",
    "no port, Host: localhost, 403",
    "name that begins alike, Host: localhost:PORT.evil.example, 400",
    "user in the host, Host: a@localhost:PORT, 400",
    "empty host, 'Host: ', 400",
    "foreign origin, Host: localhost:PORT|Origin: http://evil.example, 403",
    "origin null, Host: localhost:PORT|Origin: null, 403",
    "other port's origin, Host: localhost:PORT|Origin: http://localhost:8888, 403",
    "origin that begins alike, Host: localhost:PORT|Origin: http://localhost:PORT.evil.example,"
        + " 403",
    "other scheme, Host: localhost:PORT|Origin: https://localhost:PORT, 403",
    "two origins, Host: localhost:PORT|Origin: http://localhost:PORT|Origin: http://evil.example,"
        + " 403",
    "cross site, Host: localhost:PORT|Sec-Fetch-Site: cross-site, 403",
    "same site, Host: localhost:PORT|Sec-Fetch-Site: same-site, 403",
    "own origin, Host: localhost:PORT|Origin: http://localhost:PORT, 200",
    "own page, Host: localhost:PORT|Sec-Fetch-Site: same-origin, 200",
    "other case, host: LOCALHOST:PORT, 200",
  })
  void hosts(String what, String headers, int status) {
    String answer =
        raw(
            "GET /api/state HTTP/1.1\r\nX-Fieldnotes-Token: %s\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(
                    bench.token(),
                    headers.replace("PORT", Integer.toString(bench.port())).replace("|", "\r\n")));
    assertThat(status(answer)).as(answer).isEqualTo(status);
    if (status != 200) {
      plain(answer);
    }
  }

  @Test
  @DisplayName("two hosts, none, and an absolute address of another host are refused")
  void hostsOnceMore() {
    String token = "X-Fieldnotes-Token: " + bench.token() + "\r\nConnection: close\r\n\r\n";
    String here = "Host: 127.0.0.1:" + bench.port() + "\r\n";
    for (String request :
        List.of(
            "GET /api/state HTTP/1.1\r\n" + here + "Host: evil.example\r\n" + token,
            "GET /api/state HTTP/1.1\r\n" + token,
            "GET http://evil.example/api/state HTTP/1.1\r\n" + here + token)) {
      String answer = raw(request);
      assertThat(status(answer)).as(answer).isIn(400, 403);
      plain(answer);
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /, 403",
    "GET, /?token=, 403",
    "GET, /?token=0000, 403",
    "GET, /api/state?token=TOKEN, 403",
    "GET, /sound/0, 403",
    "GET, /sound/0?token=TOKENa, 403",
    "GET, /sound/0?token=%00TOKEN, 403",
    "GET, /picture/0?token=x, 403",
    "POST, /api/label, 403",
    "GET, /nothing, 403",
    "GET, /?token=TOKEN, 200",
    "GET, /sound/0?token=TOKEN, 200",
    "GET, /picture/0?token=TOKEN, 200",
    "GET, /label.js, 200",
    "GET, /label.css, 200",
  })
  void tokens(String method, String path, int status) {
    String answer =
        raw(
            "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
                .formatted(method, path.replace("TOKEN", bench.token()), bench.port()));
    assertThat(status(answer)).as(answer).isEqualTo(status);
    if (path.equals("/") || (status != 200 && path.startsWith("/?"))) {
      page(answer);
    } else if (status != 200) {
      plain(answer);
    }
  }

  /** A person is told in a page what to do, with the headers of all answers. */
  private static void page(String answer) {
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: text/html", "x-content-type-options: nosniff")
        .contains("content-security-policy: default-src 'none'", "cache-control: no-store")
        .contains("<!doctype html>", "open the address that the command printed");
    assertThat(answer).doesNotContain(bench.token());
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/label|''|400",
        "/api/label|{|400",
        "/api/label|[]|400",
        "/api/label|null|400",
        "/api/label|7|400",
        "/api/label|{} {}|400",
        "/api/label|{\"clip\":0}|400",
        "/api/label|{\"clip\":0,\"class\":\"\"}|400",
        "/api/label|{\"clip\":0,\"class\":7}|400",
        "/api/label|{\"clip\":0,\"class\":\"jazz\"}|400",
        "/api/label|{\"clip\":\"0\",\"class\":\"music\"}|400",
        "/api/label|{\"clip\":0.5,\"class\":\"music\"}|400",
        "/api/label|{\"clip\":-1,\"class\":\"music\"}|404",
        "/api/label|{\"clip\":6,\"class\":\"music\"}|404",
        "/api/label|{\"clip\":99999999999,\"class\":\"music\"}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"from\":\"a\"}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"from\":1}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"to\":0.2}|400",
        "/api/class|{\"name\":\"\\ud800\"}|400",
        "/api/class|{\"name\":\"a\",\"key\":\"g\"}|400",
        "/api/group|{}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"from\":2,\"to\":1}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"from\":0,\"to\":1e99}|400",
        "/api/label|{\"clip\":0,\"class\":\"music\",\"from\":-1,\"to\":1}|400",
        "/api/remove|{\"clip\":0}|400",
        "/api/undo|{}|404",
        "/api/class|{\"name\":\"a\",\"key\":\"z\"}|400",
        "/api/class|{\"name\":\"music\",\"key\":\"q\"}|400",
        "/api/class|{\"name\":\"a\",\"key\":\"<\"}|400",
        "/api/class|{\"name\":\" \"}|400",
        "/api/pass|{\"count\":0,\"seed\":1}|400",
        "/api/pass|{\"count\":5,\"seed\":1}|400",
      })
  void bodies(String path, String body, int status) {
    String answer =
        raw(
            "POST %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(path, own(), body.length(), body));
    assertThat(status(answer)).as(answer).isEqualTo(status);
    plain(answer);
  }

  @Test
  @DisplayName("deeply nested JSON, broken UTF-8 and a number of 400 digits are refused")
  void deep() {
    for (String body :
        List.of(
            "{\"a\":" + "[".repeat(30_000),
            "{\"a\":\"\u00ff\u00fe\"}",
            "{\"clip\":0,\"class\":\"music\",\"from\":0,\"to\":1%s}".formatted("0".repeat(400)))) {
      String answer =
          raw(
              "POST /api/label HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
                  .formatted(own(), body.length(), body));
      assertThat(status(answer)).isEqualTo(400);
      plain(answer);
    }
  }

  @Test
  @DisplayName("a body of 100 MB is refused before it is sent, and without being read whole")
  void large() throws IOException {
    String told =
        raw("POST /api/label HTTP/1.1\r\n%sContent-Length: 104857600\r\n\r\n".formatted(own()));
    assertThat(status(told)).isEqualTo(413);
    plain(told);

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bench.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /api/label HTTP/1.1\r\n%sTransfer-Encoding: chunked\r\n\r\n"
              .formatted(own())
              .getBytes(ISO_8859_1));
      byte[] block = ("4000\r\n" + "a".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1);
      long sent = 0;
      try {
        while (sent < 100_000_000) {
          out.write(block);
          sent += block.length;
          if (socket.getInputStream().available() > 0) {
            break;
          }
        }
      } catch (IOException closed) {
        assertThat(sent).isLessThan(100_000_000); // it closed the connection
      }
      assertThat(sent).isLessThan(20_000_000);
    }
    assertThat(bench.get("/api/state").statusCode()).isEqualTo(200);
  }

  @Tag("long")
  @Test
  @DisplayName("300 bodies that do not come to their end hold up nobody else")
  void slow() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), bench.port());
        slow.add(socket);
        String head = "POST /api/label HTTP/1.1\r\n%sContent-Length: 40\r\n\r\n{".formatted(own());
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      }
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(bench.get("/api/state").statusCode()).isEqualTo(200);
        assertThat(bench.send("/api/next", "{}").statusCode()).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      Socket one = slow.get(7);
      one.getOutputStream().write("\"clip\":0,\"class\":7}%20s".formatted("").getBytes(ISO_8859_1));
      one.setSoTimeout(10_000);
      String answer = new String(one.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).contains("class: must be text");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  @DisplayName("what is no HTTP gets a short answer in JSON")
  void noHttp() {
    for (String request :
        List.of(
            "GET / HTTP/9.9\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + own() + "\r\n",
            "POST /api/label HTTP/1.1\r\n" + own() + "Content-Length: -5\r\n\r\n",
            "POST /api/label HTTP/1.1\r\n"
                + own()
                + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n")) {
      String answer = raw(request);
      assertThat(status(answer)).as(answer).isBetween(400, 505);
      plain(answer);
    }
  }

  @Test
  @DisplayName("names with script tags are data in JSON, and the page allows no script but its own")
  void names() {
    JsonNode clip = bench.json("/api/clip/0");
    assertThat(clip.path("name").asString()).isEqualTo("<script>alert(1)<\u0001script>.wav");
    JsonNode added = bench.post("/api/class", "{\"name\":\"<img src=x onerror=alert(1)>\"}");
    assertThat(added.path("classes").get(4).path("name").asString())
        .isEqualTo("<img src=x onerror=alert(1)>");
    String page = raw("GET /?token=%s HTTP/1.1\r\n%s\r\n".formatted(bench.token(), own()));
    assertThat(page)
        .contains("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'")
        .contains("Referrer-Policy: no-referrer")
        .doesNotContain("alert(1)", "unsafe-inline", "<script>");
  }
}
