package fieldnotes.bench;

import fieldnotes.audio.Clip;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.feature.Spectrogram;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator;

/** The Java side of bench/features-jmh.py: every feature by itself, one thread, under JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class FeaturesJmh {
  private static final int RATE = 22_050;

  @Param({
    "stft",
    "mfcc 13",
    "mfcc 20",
    "mfcc 20 delta",
    "mfcc 20 delta-delta",
    "zero-crossing rate",
    "spectral contrast",
    "chroma with tuning",
    "rms",
    "rolloff",
    "bandwidth",
    "centroid",
    "flatness",
    "mel 128",
    "mel 128 dB",
    "harmonics-to-noise ratio",
    "onset strength",
    "tempo",
    "tuning",
    "f0 by YIN",
    "harmonic share",
    "JOURNAL_35",
    "JOURNAL_38",
    "EVERYTHING"
  })
  public String feature;

  private Supplier<Object> work;

  /** A clip of 10 s: a voice-like tone with vibrato over noise that comes and goes. */
  static Clip clip() {
    Random random = new Random(7);
    float[] y = new float[10 * RATE];
    double phase = 0;
    for (int i = 0; i < y.length; i++) {
      double t = (double) i / RATE;
      phase += 2 * Math.PI * (180 + 20 * Math.sin(9 * t) + 60 * Math.floor(t)) / RATE;
      double tone = 0;
      for (int h = 1; h <= 12; h++) {
        tone += Math.sin(h * phase) / h;
      }
      double loud = 0.5 + 0.5 * Math.sin(3 * t);
      y[i] = (float) (0.2 * loud * tone + 0.05 * (1 - loud) * random.nextGaussian());
    }
    return Clip.of("ten seconds", y, RATE);
  }

  @Setup
  public void prepare() {
    Clip clip = clip();
    work =
        switch (feature) {
          case "stft" -> () -> Spectrogram.of(clip);
          case "JOURNAL_35", "JOURNAL_38", "EVERYTHING" -> summary(clip, FeatureSet.named(feature));
          default -> summary(clip, FeatureSet.of("one", measure(feature)));
        };
  }

  private static Supplier<Object> summary(Clip clip, FeatureSet set) {
    FeatureExtractor extractor = FeatureExtractor.of(set);
    return () -> extractor.summary(clip);
  }

  private static Measure measure(String name) {
    return switch (name) {
      case "mfcc 13" -> Measure.mfcc(13);
      case "mfcc 20" -> Measure.mfcc(20);
      case "mfcc 20 delta" -> Measure.mfccDelta(20);
      case "mfcc 20 delta-delta" -> Measure.mfccDelta2(20);
      case "zero-crossing rate" -> Measure.zcr();
      case "spectral contrast" -> Measure.contrast();
      case "chroma with tuning" -> Measure.chroma();
      case "rms" -> Measure.rms();
      case "rolloff" -> Measure.rolloff();
      case "bandwidth" -> Measure.bandwidth();
      case "centroid" -> Measure.centroid();
      case "flatness" -> Measure.flatness();
      case "mel 128" -> Measure.mel(128);
      case "mel 128 dB" -> Measure.melDb(128);
      case "harmonics-to-noise ratio" -> Measure.hnr();
      case "onset strength" -> Measure.onsetStrength();
      case "tempo" -> Measure.tempo();
      case "tuning" -> Measure.tuning();
      case "f0 by YIN" -> Measure.f0();
      case "harmonic share" -> Measure.harmonicShare();
      default -> throw new IllegalArgumentException("feature=" + name);
    };
  }

  @Benchmark
  public Object measure() {
    return work.get();
  }

  /**
   * Writes what JMH needs beside this class, compiles it, and runs JMH in a JVM of the same
   * options.
   *
   * @param arguments the file for JMH's results, as JSON; then further options for JMH
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("jmh");
    try {
      Path classes = Files.createDirectories(folder.resolve("classes"));
      Path sources = Files.createDirectories(folder.resolve("sources"));
      String name = FeaturesJmh.class.getName().replace('.', '/') + ".class";
      Path own = classes.resolve(name);
      Files.createDirectories(own.getParent());
      try (var in = FeaturesJmh.class.getClassLoader().getResourceAsStream(name)) {
        Files.copy(in, own);
      }
      JmhBytecodeGenerator.main(
          new String[] {classes.toString(), sources.toString(), classes.toString()});
      String path = classes + File.pathSeparator + System.getProperty("java.class.path");
      compile(sources, classes, path);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", path, "org.openjdk.jmh.Main", "-foe", "true", "-rf", "json"));
      command.add("-rff");
      command.addAll(List.of(arguments));
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("JMH ended with exit code " + code);
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted((a, b) -> b.compareTo(a)).forEach(one -> one.toFile().delete());
      }
    }
  }

  private static void compile(Path sources, Path classes, String path) throws IOException {
    List<String> command = new ArrayList<>(List.of("-d", classes.toString(), "-cp", path));
    command.add("-proc:none");
    try (Stream<Path> all = Files.walk(sources)) {
      all.map(Path::toString).filter(one -> one.endsWith(".java")).forEach(command::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("what JMH wrote does not compile");
    }
  }
}
