package fieldnotes.serve;

import static java.util.stream.Collectors.joining;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.detect.ModelCard;
import fieldnotes.detect.SoundModel;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Missing;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A service of small models, and a client of it. */
final class Service implements AutoCloseable {
  static final int RATE = 16_000;
  static final String[] KINDS = {"low", "high", "hiss"};

  final ModelServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  String key = "";

  Service(ModelServer server) {
    this.server = server;
  }

  /** With the models {@code tones} and {@code prices}, with these limits. */
  static Service of(Path folder, ServeLimits limits) throws IOException {
    return new Service(ModelServer.start(options(folder).withLimits(limits.withWarmUp(0))));
  }

  static ServeOptions options(Path folder) throws IOException {
    return ServeOptions.of(tones(folder), prices(folder, 3)).withWork(folder.resolve("work"));
  }

  /** A sound of a class. */
  static Clip clip(String kind, double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double hz =
        switch (kind) {
          case "low" -> 150 + 100 * random.nextDouble();
          case "high" -> 2_000 + 800 * random.nextDouble();
          default -> 0;
        };
    float[] samples = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      double noise = random.nextDouble() - 0.5;
      samples[i] =
          (float) (hz == 0 ? 0.3 * noise : 0.3 * Math.sin(6.283 * hz * i / RATE) + noise / 100);
    }
    return Clip.of(kind + seed, samples, RATE);
  }

  /** A sound as the bytes of a WAV file. */
  static byte[] wav(String kind, double seconds, long seed) {
    try {
      Path file = Files.createTempFile("clip", ".wav");
      AudioFiles.writeWav(clip(kind, seconds, seed), file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] tones; // fitted once for all tests

  /** A model of sounds in a file {@code tones.model}. */
  static synchronized Path tones(Path folder) throws IOException {
    Path file = folder.resolve("tones.model");
    if (tones == null) {
      tones = Files.readAllBytes(fitted().save(file));
    }
    return Files.write(file, tones);
  }

  /**
   * The rows that the model of sounds is fitted on, a line each, the class first: measuring them
   * anew would take most of the time of a test, as the code is not compiled yet. Printed by {@link
   * #main}.
   */
  private static final String ROWS = "/serve/tones.csv";

  /** Prints the lines of {@link #ROWS}. */
  public static void main(String[] args) {
    FeatureExtractor extractor = FeatureExtractor.of(FeatureSet.JOURNAL_38, FrameOptions.of());
    for (String kind : KINDS) {
      for (int i = 0; i < 8; i++) {
        double[] row = extractor.summary(clip(kind, 1, 100 + i));
        System.out.println(
            kind + Arrays.stream(row).mapToObj(x -> "," + (float) x).collect(joining()));
      }
    }
  }

  private static SoundModel fitted() throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    try (InputStream in = Service.class.getResourceAsStream(ROWS)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] cells = line.split(",");
        classes.add(cells[0]);
        rows.add(Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    Matrix x = Matrix.of(FeatureSet.JOURNAL_38.columns(), rows.toArray(double[][]::new));
    Model<Rejected> model =
        Pipeline.of(
                Missing.median(),
                Classifiers.unknown(Classifiers.forest(ForestOptions.of(3).withTrees(10))))
            .fit(Samples.of(x, classes));
    return SoundModel.of(
        model, FeatureSet.JOURNAL_38, FrameOptions.of(), RATE, 1, ModelCard.of("tones"));
  }

  /** A model of the number 10 a + b, in a file {@code prices.model}. */
  static Path prices(Path folder, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[200][2];
    double[] y = new double[200];
    for (int i = 0; i < y.length; i++) {
      x[i][0] = random.nextDouble();
      x[i][1] = random.nextDouble();
      y[i] = 10 * x[i][0] + x[i][1];
    }
    return Regressors.forest(ForestOptions.of(seed).withTrees(20))
        .fit(Samples.of(Matrix.of(List.of("a", "b"), x), y))
        .save(folder.resolve("prices.model"));
  }

  HttpRequest.Builder ask(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.address().resolve(path));
    return key.isEmpty() ? builder : builder.header("X-API-Key", key);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(ask(path));
  }

  JsonNode json(String path) {
    return Answers.JSON.readTree(get(path).body());
  }

  HttpResponse<String> rows(String path, String body) {
    return send(
        ask(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> sound(String path, byte[] body) {
    return send(ask(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> batch(String path, List<byte[]> files) {
    return send(
        ask(path)
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(multipart(files))));
  }

  static List<byte[]> multipart(List<byte[]> files) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      parts.add(
          String.join(
                  "\r\n",
                  "--xyz",
                  "Content-Disposition: form-data; name=\"files\"; filename=\"clip-%d.wav\"",
                  "Content-Type: audio/wav",
                  "",
                  "")
              .formatted(i)
              .getBytes(StandardCharsets.US_ASCII));
      parts.add(files.get(i));
      parts.add("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    parts.add("--xyz--\r\n".getBytes(StandardCharsets.US_ASCII));
    return parts;
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Answers.JSON.readTree(answer.body());
  }

  /** The value of a metric, 0 if there is none. */
  double metric(String name) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /** Files of sounds that were sent and should be gone. */
  static List<Path> soundsLeft(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("work/sounds"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  URI stream(String query) {
    URI at = server.address();
    return URI.create("ws://%s:%d/v1/stream?%s".formatted(at.getHost(), at.getPort(), query));
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
