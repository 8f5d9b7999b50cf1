package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;

import be.tarsos.dsp.AudioDispatcher;
import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.AudioProcessor;
import be.tarsos.dsp.WaveformSimilarityBasedOverlapAdd;
import be.tarsos.dsp.WaveformSimilarityBasedOverlapAdd.Parameters;
import be.tarsos.dsp.io.jvm.AudioDispatcherFactory;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.MelSpectrogram;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why {@link TimeStretch} is a phase-locked vocoder with frames of 46 ms: the mean difference, in
 * dB in 40 mel bands, between a stretched sound and the original read at the other speed. Frames of
 * 23 ms, 5 ms apart; levels from 60 dB below the maximum; speeds 0.8 and 1.25; the delay that suits
 * each best, up to 40 ms. Generated radio programmes and music, three of each, 5 s.
 *
 * <p>Programmes and music: locked 1.41 and 1.01 dB; locked with frames of 93 ms 2.24 and 1.31;
 * unlocked 2.91 and 2.14; librosa's, unlocked with 2048 samples, 4.57 and 2.60; TarsosDSP's WSOLA
 * with its settings for speech 1.49 and 0.96, with those for music 1.97 and 1.22.
 *
 * <p>So WSOLA is no better on the whole, and it is less exact: its output ends with a complete
 * block. It stays a peer of this test. {@code -Dfieldnotes.show=true} prints the figures.
 */
class StretchQualityIT {
  private static final double[] SPEEDS = {0.8, 1.25};
  private static final double FLOOR_DB = -60;

  private interface Method {
    float[] stretch(float[] x, int rate, double speed) throws Exception;
  }

  private enum Way {
    LOCKED((x, rate, speed) -> Vocoder.stretch(x, speed, Vocoder.frameSize(rate), true)),
    LOCKED_93_MS((x, rate, speed) -> Vocoder.stretch(x, speed, 2 * Vocoder.frameSize(rate), true)),
    UNLOCKED((x, rate, speed) -> Vocoder.stretch(x, speed, Vocoder.frameSize(rate), false)),
    LIBROSA((x, rate, speed) -> Vocoder.stretch(x, speed, 2048, false)),
    WSOLA_SPEECH((x, rate, speed) -> wsola(x, rate, Parameters.speechDefaults(speed, rate))),
    WSOLA_MUSIC((x, rate, speed) -> wsola(x, rate, Parameters.musicDefaults(speed, rate)));

    @SuppressWarnings("ImmutableEnumChecker") // each is a function without a state
    private final Method method;

    Way(Method method) {
      this.method = method;
    }
  }

  @Test
  @DisplayName("the locked vocoder beats the unlocked one and is as near to the truth as WSOLA")
  void lockedVocoderIsBest(@TempDir Path folder) throws Exception {
    Studio.make(
        folder,
        StudioOptions.of(42)
            .withEpisodes(3)
            .withTracks(3)
            .withTrackSeconds(5)
            .withSoundsPerClass(0));
    for (String kind : List.of("episodes", "tracks")) {
      Map<Way, Double> error = new EnumMap<>(Way.class);
      List<Path> files = sounds(folder.resolve(kind));
      for (Path file : files) {
        Clip clip = AudioFiles.read(file).slice(0, 5);
        for (double speed : SPEEDS) {
          for (Way way : Way.values()) {
            float[] y = way.method.stretch(clip.samples(), clip.sampleRateHz(), speed);
            double part =
                difference(clip, Clip.of("y", y, clip.sampleRateHz()), speed)
                    / (files.size() * SPEEDS.length);
            error.merge(way, part, Double::sum);
          }
        }
      }
      if (Boolean.getBoolean("fieldnotes.show")) {
        for (Way way : Way.values()) {
          System.out.printf(Locale.ROOT, "%s %s %.2f dB%n", kind, way, error.get(way));
        }
      }
      for (Way way : Way.values()) {
        double other = error.get(way);
        boolean near = !way.name().equals("UNLOCKED") && way != Way.LIBROSA;
        assertThat(error.get(Way.LOCKED))
            .as("%s against %s", kind, way)
            .isLessThan(near ? other + 0.15 : other - 0.3);
      }
    }
  }

  private static List<Path> sounds(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(".wav")).sorted().toList();
    }
  }

  private static float[] wsola(float[] x, int rate, Parameters parameters) throws Exception {
    PrintStream shown = System.out; // it prints a line for each instance
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return stretched(x, rate, parameters);
    } finally {
      System.setOut(shown);
    }
  }

  private static float[] stretched(float[] x, int rate, Parameters parameters) throws Exception {
    WaveformSimilarityBasedOverlapAdd wsola = new WaveformSimilarityBasedOverlapAdd(parameters);
    AudioDispatcher dispatcher =
        AudioDispatcherFactory.fromFloatArray(
            x, rate, wsola.getInputBufferSize(), wsola.getOverlap());
    wsola.setDispatcher(dispatcher);
    dispatcher.addAudioProcessor(wsola);
    float[] y = new float[2 * x.length];
    int[] count = {0};
    dispatcher.addAudioProcessor(
        new AudioProcessor() {
          @Override
          public boolean process(AudioEvent event) {
            float[] block = event.getFloatBuffer();
            int n = Math.min(block.length, y.length - count[0]);
            System.arraycopy(block, 0, y, count[0], n);
            count[0] += n;
            return true;
          }

          @Override
          public void processingFinished() {}
        });
    dispatcher.run();
    return Arrays.copyOf(y, count[0]);
  }

  private static double difference(Clip from, Clip stretched, double speed) {
    double[][] a = levels(from);
    double[][] b = levels(stretched);
    double least = Double.POSITIVE_INFINITY;
    for (int delay = -8; delay <= 8; delay++) {
      double sum = 0;
      int count = 0;
      for (int t = 20; t < b.length - 20; t++) {
        double place = (t - delay) * speed;
        int at = (int) Math.floor(place);
        if (at < 0 || at + 1 >= a.length) {
          continue;
        }
        for (int m = 0; m < b[t].length; m++) {
          double wanted = a[at][m] + (place - at) * (a[at + 1][m] - a[at][m]);
          sum += Math.abs(b[t][m] - wanted);
          count++;
        }
      }
      least = Math.min(least, sum / count);
    }
    return least;
  }

  private static double[][] levels(Clip clip) {
    int size = (int) Math.rint(0.023 * clip.sampleRateHz());
    int hop = (int) Math.rint(0.005 * clip.sampleRateHz());
    double[][] db =
        MelSpectrogram.of(clip, FrameOptions.of(size, hop).withMelBands(40)).decibelsBelowMaximum();
    for (double[] row : db) {
      for (int m = 0; m < row.length; m++) {
        row[m] = Math.max(FLOOR_DB, row[m]);
      }
    }
    return db;
  }
}
