package fieldnotes.bench;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.data.DataSets;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.Listener;
import fieldnotes.detect.ModelCard;
import fieldnotes.detect.SoundModel;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The Java side of {@code bench/detect.py}: trains on {@code FOLDER/train}, then listens to {@code
 * FOLDER/stream.wav} on each line {@code listen}.
 */
public final class DetectBench {
  private static final int RATE = 22_050;

  private DetectBench() {}

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    SoundModel model = model(folder.resolve("train"));
    Clip stream = AudioFiles.read(folder.resolve("stream.wav"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(listen(model, stream));
      System.out.flush();
    }
  }

  private static SoundModel model(Path folder) {
    FeatureOptions windows = FeatureOptions.of().withChunks(1).withoutCache().withThreads(1);
    Samples rows = DataSets.samples(folder, FeatureSet.JOURNAL_38, windows);
    return SoundModel.of(
        Classifiers.unknown(Classifiers.forest(ForestOptions.of(1).withTrees(100))).fit(rows),
        FeatureSet.JOURNAL_38,
        FrameOptions.of(),
        RATE,
        1,
        ModelCard.of("bench"));
  }

  /** Seconds for the stream, milliseconds from the end of each window to what is said of it. */
  private static String listen(SoundModel model, Clip stream) {
    List<Double> latency = new ArrayList<>();
    int[] events = new int[1];
    long[] since = new long[1];
    Listener listener =
        Listener.of(
            model,
            ListenOptions.of(),
            event -> events[0]++,
            scores -> latency.add((System.nanoTime() - since[0]) / 1e6));
    float[] x = stream.samples();
    int block = RATE / 20;
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    for (int at = 0; at < x.length; at += block) {
      since[0] = System.nanoTime();
      listener.accept(x, at, Math.min(x.length, at + block));
    }
    listener.finish();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
    double[] sorted = latency.stream().mapToDouble(d -> d).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "{\"seconds\": %.6f, \"cpu\": %.6f, \"stream\": %.3f, \"median\": %.4f, \"p99\": %.4f,"
            + " \"windows\": %d, \"events\": %d}",
        seconds,
        used,
        stream.durationSeconds(),
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        sorted.length,
        events[0]);
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(q * sorted.length))];
  }
}
