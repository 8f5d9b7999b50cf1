package fieldnotes.feature;

import fieldnotes.audio.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reference numbers of librosa 0.11. The compact ones are in the repository (written by
 * src/test/python/librosa_fixtures.py); the full ones stand in ../shared/reference/librosa of a
 * team that shares them.
 */
final class Fixtures {
  /** Where the large fixtures are; {@code -Dfieldnotes.librosa=FOLDER} names others. */
  private static final Path SHARED =
      Path.of(System.getProperty("fieldnotes.librosa", "../shared/reference/librosa"));

  private static final String OWN = "/fieldnotes/feature/";

  private Fixtures() {}

  /** One signal with one way of cutting it. */
  record Fixture(String name, Clip clip, FrameOptions options, JsonNode features) {
    @Override
    public String toString() {
      return name;
    }
  }

  static boolean sharedPresent() {
    return Files.isDirectory(SHARED.resolve("features"));
  }

  static List<Fixture> shared() throws IOException {
    List<Path> files = new ArrayList<>();
    if (sharedPresent()) {
      try (DirectoryStream<Path> all =
          Files.newDirectoryStream(SHARED.resolve("features"), "*.json")) {
        all.forEach(files::add);
      }
    }
    files.sort(null);
    List<Fixture> out = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        out.add(read(in, SHARED));
      }
    }
    return out;
  }

  static List<Fixture> own() throws IOException {
    List<Fixture> out = new ArrayList<>();
    JsonNode list;
    try (InputStream in = Fixtures.class.getResourceAsStream(OWN + "librosa.json")) {
      list = new ObjectMapper().readTree(in);
    }
    for (JsonNode name : list) {
      try (InputStream in =
          new GZIPInputStream(Fixtures.class.getResourceAsStream(OWN + name.asString()))) {
        out.add(read(in, null));
      }
    }
    return out;
  }

  private static Fixture read(InputStream in, Path folder) throws IOException {
    JsonNode root = new ObjectMapper().readTree(in);
    JsonNode analysis = root.get("analysis");
    FrameOptions options =
        FrameOptions.of(analysis.get("n_fft").asInt(), analysis.get("hop_length").asInt());
    if (analysis.has("window")) {
      options = options.withWindow(analysis.get("window").asString());
    }
    if (analysis.has("win_length")) {
      options = options.withWindowLength(analysis.get("win_length").asInt());
    }
    if (analysis.has("n_mels")) {
      JsonNode highest = analysis.get("fmax");
      options =
          options.withMel(
              MelOptions.of(analysis.get("n_mels").asInt())
                  .withRange(
                      analysis.get("fmin").asDouble(),
                      highest.isNull() ? Double.POSITIVE_INFINITY : highest.asDouble())
                  .withScale(
                      analysis.get("htk").asBoolean()
                          ? MelOptions.Scale.HTK
                          : MelOptions.Scale.SLANEY)
                  .withEqualArea(!analysis.get("norm").isNull()));
    }
    if (analysis.has("center") && !analysis.get("center").asBoolean()) {
      options = options.uncentred();
    }
    if (analysis.has("pad_mode") && !analysis.get("pad_mode").asString().equals("constant")) {
      options =
          options.withPadding(
              Padding.valueOf(analysis.get("pad_mode").asString().toUpperCase(Locale.ROOT)));
    }
    String id = root.get("id").asString();
    int rate = root.get("sr").asInt();
    JsonNode source = root.get("source");
    float[] samples =
        source.has("file")
            ? pcm16(Files.readAllBytes(folder.resolve(source.get("file").asString())))
            : signal(id, rate, root.get("n_samples").asInt());
    String name =
        id + " " + rate + " Hz " + options.fftSize() + "/" + options.hop() + " " + options.window();
    return new Fixture(name, Clip.of(id, samples, rate), options, root.get("features"));
  }

  private static float[] pcm16(byte[] wav) {
    ByteBuffer in = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (in.getInt(at) != 0x61746164) {
      at += 8 + in.getInt(at + 4);
    }
    float[] out = new float[in.getInt(at + 4) / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = in.getShort(at + 8 + 2 * i) / 32768f;
    }
    return out;
  }

  /** The synthetic signals: all phases are whole numbers, so they are the same to the bit. */
  static float[] signal(String id, int rate, int n) {
    String kind = id.replaceFirst("^sig\\d+_", "");
    float[] out = new float[n];
    long state = kind.equals("amnoise") || kind.equals("huge") ? 67890 : 12345;
    for (int i = 0; i < n; i++) {
      state = (1664525 * state + 1013904223) & 0xffffffffL;
      double u = state / 2147483648.0 - 1;
      long q = 1000L * rate;
      out[i] =
          (float)
              switch (kind) {
                case "sine440" -> 0.5 * sine(440L * i % rate, rate);
                case "chirp" -> {
                  long span = 4L * rate * rate;
                  yield 0.5 * sine((400L * rate * i + 9900L * i * i) % span, span);
                }
                case "cmajor" ->
                    0.2
                        * (sine(261626L * i % q, q)
                            + sine(329628L * i % q, q)
                            + sine(391995L * i % q, q));
                case "clicks" -> i % (rate / 2) == rate / 10 ? 1.0 : 0.0;
                case "lcgnoise" -> 0.5 * u;
                case "amnoise" -> 0.4 * (1 + sine(4L * i % rate, rate)) * u;
                case "hum" -> hum(i, rate) + 0.02 * u;
                case "huge" -> 1e30 * (0.4 * (1 + sine(4L * i % rate, rate)) * u);
                case "silence" -> 0.0;
                case "constant" -> 0.25;
                case "dcsine" -> 0.25 + 0.5 * sine(220L * i % rate, rate);
                default -> throw new IllegalArgumentException(id);
              };
    }
    return out;
  }

  /** Eight partials of a tone that rises from 110 Hz. */
  private static double hum(int i, int rate) {
    long turn = (long) rate * rate;
    double sum = 0;
    for (int h = 1; h <= 8; h++) {
      sum += 0.3 / h * sine(h * (110L * rate * i + 5L * i * i) % turn, turn);
    }
    return sum;
  }

  static JsonNode windows() throws IOException {
    try (InputStream in = Fixtures.class.getResourceAsStream(OWN + "windows.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static double sine(long p, long q) {
    return Math.sin(2.0 * Math.PI * ((double) p / q));
  }
}
