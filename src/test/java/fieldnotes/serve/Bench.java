package fieldnotes.serve;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page on made clips, and a client that asks it as the page does. */
final class Bench implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  final Labeller labeller;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Bench(Labeller labeller) {
    this.labeller = labeller;
  }

  /** Tones in {@code sounds} below the folder, and labels beside it. */
  static Bench of(Path folder, int clips, double seconds) throws IOException {
    return new Bench(
        Labeller.open(
            clips(folder, clips, seconds),
            LabelOptions.of(folder.resolve("labels.json")).withWho("ann")));
  }

  static ClipList clips(Path folder, int clips, double seconds) throws IOException {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    for (int i = 0; i < clips; i++) {
      AudioFiles.writeWav(
          tone(200 + 40 * i, seconds), sounds.resolve("tone-%02d.wav".formatted(i)));
    }
    return ClipList.of(SoundFiles.folder(sounds));
  }

  /** A tone that swells and fades. */
  static Clip tone(double hz, double seconds) {
    int rate = 16_000;
    float[] x = new float[(int) (seconds * rate)];
    for (int i = 0; i < x.length; i++) {
      double at = (double) i / rate;
      double loud = 0.4 * Math.sin(Math.PI * i / x.length) * (0.6 + 0.4 * Math.sin(9 * at));
      x[i] =
          (float)
              (loud * (Math.sin(2 * Math.PI * hz * at) + 0.3 * Math.sin(6.1 * Math.PI * hz * at)));
    }
    return Clip.of("tone", x, rate);
  }

  String token() {
    return labeller.address().getQuery().substring("token=".length());
  }

  int port() {
    return labeller.address().getPort();
  }

  HttpRequest.Builder ask(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .header(Guard.TOKEN_HEADER, token());
  }

  HttpResponse<byte[]> bytes(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return bytes(ask(path).build());
  }

  JsonNode json(String path) {
    return JSON.readTree(get(path).body());
  }

  HttpResponse<byte[]> send(String path, String body) {
    return bytes(ask(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  JsonNode post(String path, String body) {
    return JSON.readTree(send(path, body).body());
  }

  @Override
  public void close() {
    labeller.close();
    client.close();
  }
}
