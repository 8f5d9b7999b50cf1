package fieldnotes.bench;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.detect.ModelCard;
import fieldnotes.detect.SoundModel;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.serve.ModelServer;
import fieldnotes.serve.ServeOptions;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Java side of {@code bench/serve.py}: {@code make FOLDER} makes clips, their table and a
 * model, {@code serve FOLDER} serves it until its input ends, {@code load ADDRESS BODY TYPE
 * CONNECTIONS SECONDS} asks a service and prints what came of it as JSON.
 */
public final class ServeBench {
  private static final int RATE = 22_050;
  private static final int EACH = 40;
  private static final String[] KINDS = {"low", "middle", "high", "hiss", "chirp", "pulse"};

  private ServeBench() {}

  /** Runs one part. */
  public static void main(String[] args) throws Exception {
    Path place = Path.of(args[1]);
    switch (args[0]) {
      case "make" -> make(place);
      case "serve" -> serve(place);
      default ->
          load(
              URI.create(args[1]),
              Files.readAllBytes(Path.of(args[2])),
              args[3],
              Integer.parseInt(args[4]),
              Integer.parseInt(args[5]));
    }
  }

  private static Clip clip(String kind, int number) {
    SplittableRandom random = new SplittableRandom(31L * kind.hashCode() + number);
    double hz = random.nextDouble(0.8, 1.2);
    float[] samples = new float[RATE];
    for (int i = 0; i < samples.length; i++) {
      double t = hz * i / RATE * 2 * Math.PI;
      double noise = random.nextDouble() - 0.5;
      double x =
          switch (kind) {
            case "low" -> Math.sin(200 * t);
            case "middle" -> Math.sin(800 * t);
            case "high" -> Math.sin(3000 * t);
            case "chirp" -> Math.sin(600 * t * (1 + 0.5 * i / RATE));
            case "pulse" -> i % (int) (2500 * hz) < 400 ? noise : 0;
            default -> noise;
          };
      samples[i] = (float) (0.4 * x + 0.02 * noise);
    }
    return Clip.of(kind, samples, RATE);
  }

  private static void make(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("train"));
    FeatureExtractor extractor = FeatureExtractor.of(FeatureSet.JOURNAL_38, FrameOptions.of());
    List<String> columns = extractor.columns();
    List<double[]> rows = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    StringBuilder table = new StringBuilder("label," + String.join(",", columns) + "\n");
    for (String kind : KINDS) {
      for (int i = 0; i < EACH; i++) {
        Clip clip = clip(kind, i);
        AudioFiles.writeWav(clip, folder.resolve("train").resolve(kind + "-" + i + ".wav"));
        double[] row = extractor.summary(clip);
        for (int c = 0; c < row.length; c++) {
          row[c] = Double.isFinite(row[c]) ? row[c] : 0;
        }
        rows.add(row);
        classes.add(kind);
        table.append(kind);
        for (double cell : row) {
          table.append(',').append(cell);
        }
        table.append('\n');
      }
    }
    Files.writeString(folder.resolve("table.csv"), table);
    StringBuilder json = new StringBuilder();
    for (int c = 0; c < columns.size(); c++) {
      json.append(json.isEmpty() ? "" : ", ")
          .append('"')
          .append(columns.get(c))
          .append("\": ")
          .append(rows.get(EACH)[c]);
    }
    Files.writeString(folder.resolve("row.json"), "{\"rows\": [{" + json + "}]}");
    AudioFiles.writeWav(clip("middle", 1000), folder.resolve("clip.wav"));
    Samples samples = Samples.of(Matrix.of(columns, rows.toArray(double[][]::new)), classes);
    SoundModel.of(
            Classifiers.unknown(Classifiers.forest(ForestOptions.of(42).withTrees(100)))
                .fit(samples),
            FeatureSet.JOURNAL_38,
            FrameOptions.of(),
            RATE,
            1,
            ModelCard.of("generated"))
        .save(folder.resolve("bench.model"));
  }

  private static void serve(Path folder) throws IOException {
    ServeOptions options =
        ServeOptions.of(folder.resolve("bench.model")).withWork(folder.resolve("work"));
    try (ModelServer server = ModelServer.start(options)) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (in.readLine() != null) {
        System.out.println(server.address());
        System.out.flush();
      }
    }
  }

  /** Asks over connections that stay open, each when its answer is there. */
  private static void load(URI to, byte[] body, String type, int connections, int seconds)
      throws InterruptedException {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(to.getPath(), to.getHost(), to.getPort(), type, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long[][] times = new long[connections][];
    AtomicInteger failed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      int at = c;
      threads.add(Thread.ofPlatform().start(() -> times[at] = ask(to, request, end, failed)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"requests\": %d, \"perSecond\": %.3f, \"failed\": %d, \"p50\": %.4f, \"p99\": %.4f,"
                + " \"p99.9\": %.4f}",
            all.length,
            all.length / took,
            failed.get(),
            percentile(all, 0.5),
            percentile(all, 0.99),
            percentile(all, 0.999)));
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
  }

  private static long[] ask(URI to, byte[] request, long end, AtomicInteger failed) {
    long[] times = new long[1024];
    int n = 0;
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(to.getHost(), to.getPort())) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        OutputStream out = socket.getOutputStream();
        while (System.nanoTime() < end) {
          long start = System.nanoTime();
          out.write(request);
          if (answer(in)) {
            if (n == times.length) {
              times = Arrays.copyOf(times, 2 * n);
            }
            times[n++] = System.nanoTime() - start;
          } else {
            failed.incrementAndGet();
          }
        }
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
    return Arrays.copyOf(times, n);
  }

  /** Reads an answer whose length is in its head; whether it is a good one. */
  private static boolean answer(InputStream in) throws IOException {
    boolean good = false;
    int length = 0;
    for (int number = 0; ; number++) {
      String line = line(in);
      if (line.isEmpty()) {
        break;
      }
      if (number == 0) {
        good = line.contains(" 200 ");
      } else if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return good;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
