package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.classify.Classifiers;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Long listening in flat memory. {@code -Dfieldnotes.soak=24h} gives the length of the sound; a few
 * minutes without.
 */
class SoakIT {
  /** A low rate, so that a day takes minutes. */
  private static final int RATE = 16_000;

  private static final double PERIOD_SECONDS = 20;

  /** Heap that may come on top after a quarter of the time. */
  private static final long MOST_GROWTH = 6 << 20;

  private static SoundModel model(Path folder) throws IOException {
    FeatureOptions windows =
        FeatureOptions.of().withRate(RATE).withChunks(1).withoutCache().withThreads(1);
    Samples rows = DataSets.samples(Tones.folder(folder, 4, 2.5), FeatureSet.JOURNAL_38, windows);
    return SoundModel.of(
        Classifiers.unknown(Classifiers.forest(ForestOptions.of(3).withTrees(50))).fit(rows),
        FeatureSet.JOURNAL_38,
        FrameOptions.of(),
        RATE,
        1,
        ModelCard.of("tones"));
  }

  /** Every twenty seconds a tone in faint noise that never repeats, and no end before the given. */
  private static final class Endless implements SoundStream {
    private final SplittableRandom random = new SplittableRandom(5);
    private final float[] low = Tones.clip("low", 2, RATE, 4).samples();
    private final float[] high = Tones.clip("high", 1.5, RATE, 5).samples();
    private final long end;
    private long at;
    private boolean begun;

    Endless(double seconds) {
      end = (long) (seconds * RATE);
    }

    @Override
    public Optional<Part> next() {
      boolean first = !begun;
      begun = true;
      return first ? Optional.of(new Part("endless", 0)) : Optional.empty();
    }

    @Override
    public int read(float[] block) {
      int n = (int) Math.min(block.length, end - at);
      for (int i = 0; i < n; i++, at++) {
        long period = (long) (PERIOD_SECONDS * RATE);
        float[] tone = at / period % 2 == 0 ? low : high;
        long in = at % period - period / 2;
        double noise = 0.004 * (random.nextDouble() - 0.5);
        block[i] = (float) (noise + (in >= 0 && in < tone.length ? tone[(int) in] : 0));
      }
      return n == 0 ? -1 : n;
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public void close() {}
  }

  private static double seconds(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT)).toMillis() / 1000.0;
  }

  @Test
  @DisplayName("memory stays flat and every sound is heard, for minutes or for a day")
  void flat(@TempDir Path folder) throws IOException {
    double seconds = seconds(System.getProperty("fieldnotes.soak", "5m"));
    SoundModel model = model(folder);
    List<Long> heap = new ArrayList<>();
    int[] events = new int[1];
    double[] last = new double[1];
    long[] samples = new long[1];
    Listening.Ear ear =
        new Listening.Ear() {
          @Override
          public void samples(float[] block, int count, Optional<SoundEvent> open) {
            long before = samples[0];
            samples[0] += count;
            long part = (long) (seconds * RATE / 8);
            if (samples[0] / part > before / part) {
              System.gc();
              heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
          }

          @Override
          public void event(SoundStream.Part part, SoundEvent event, double agoSeconds) {
            assertThat(event.startSeconds()).isGreaterThanOrEqualTo(last[0]);
            last[0] = event.endSeconds();
            events[0]++;
          }
        };
    ListenOptions options = ListenOptions.of().withBackground("hiss");
    long begun = System.nanoTime();
    double heard = new Listening(model, options, new Endless(seconds), ear).run();
    double took = (System.nanoTime() - begun) / 1e9;
    assertThat(heard).isEqualTo(seconds);
    assertThat((double) events[0])
        .isBetween(0.95 * seconds / PERIOD_SECONDS - 1, 1.05 * seconds / PERIOD_SECONDS + 1);
    long early = heap.get(1);
    for (long later : heap.subList(2, heap.size())) {
      assertThat(later - early).as("heap %s", heap).isLessThan(MOST_GROWTH);
    }
    if (System.getProperty("fieldnotes.soak") != null) {
      System.out.printf(
          Locale.ROOT,
          "%.0f s of sound in %.0f s, %d events, heap %s%n",
          heard,
          took,
          events[0],
          heap);
    }
  }
}
