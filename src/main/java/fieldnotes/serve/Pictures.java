package fieldnotes.serve;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.MelOptions;
import fieldnotes.feature.MelSpectrogram;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * What a clip looks like: its waveform and its mel spectrogram, at a cost that a long clip cannot
 * raise. Long clips are read once for each, in blocks, and very long ones only at spots.
 */
final class Pictures {
  /** Columns of the waveform, and at most of the spectrogram. */
  private static final int COLUMNS = 1000;

  private static final int SPECTRA = 512;
  private static final int BANDS = 96;

  /** Clips up to this length are read completely. */
  private static final double READ_SECONDS = 20 * 60;

  /** Where clips are not read completely, this many spots are. */
  private static final int SPOTS = 250;

  private static final double HIGHEST_HZ = 11_025;
  private static final int WARM_UP = 40;
  private static final int WARM_UP_FRAMES = 16;
  private static final long PAUSE_NANOS = 50_000_000;

  private record Key(ClipFiles.Seen file, double start, double seconds) {}

  /** A clip as its pictures need it; its length where it is known, or else enough for spots. */
  private record Sight(Path file, double start, double seconds, int rate) {
    ReadOptions all() {
      return ClipFiles.tolerant().withPart(start, seconds);
    }

    boolean isLong() {
      return seconds > READ_SECONDS;
    }

    /** Frame length: about 50 ms. */
    int frame() {
      return rate >= 32_000 ? 2048 : rate >= 16_000 ? 1024 : 512;
    }
  }

  private final ClipFiles files;
  private final Recent<Key, int[]> waves = new Recent<>(128);
  private final Recent<Key, byte[]> spectrograms = new Recent<>(128);

  /** Half of the processors, so that who labels does not wait for pictures of others. */
  private final Semaphore working =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  Pictures(ClipFiles files) {
    this.files = files;
  }

  /**
   * Draws a little noise now and then, as the first spectrograms after a start take a hundred times
   * as long: the code is compiled in the pauses.
   */
  void warmUp() {
    Random random = new Random(1);
    float[] noise = new float[WARM_UP_FRAMES * 512];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < WARM_UP; i++) {
      spectrogram(Clip.of("noise", noise, 16_000), 1024, 512, true);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The lowest and highest sample of each column of the waveform, in 1/127 of full scale. */
  int[] peaks(int clip) {
    return drawn(waves, clip, Pictures::waveform);
  }

  /** The spectrogram as a PNG without axes, 0 Hz below. */
  byte[] spectrogram(int clip) {
    return drawn(spectrograms, clip, Pictures::spectrogram);
  }

  /** The highest frequency of the spectrogram. */
  double topHz(int clip) {
    return top(files.info(clip).sampleRateHz());
  }

  private static double top(int rate) {
    return Math.min(rate / 2.0, HIGHEST_HZ);
  }

  private <T> T drawn(Recent<Key, T> recent, int clip, Function<Sight, T> draw) {
    double start = files.clips().startSeconds(clip);
    return recent.get(
        new Key(files.seen(clip), start, files.clips().seconds(clip)),
        key -> {
          double seconds = files.seconds(clip);
          Sight sight =
              new Sight(
                  key.file().file(),
                  start,
                  Double.isNaN(seconds) ? READ_SECONDS : seconds,
                  files.info(clip).sampleRateHz());
          working.acquireUninterruptibly();
          try {
            return files.readable(clip, () -> draw.apply(sight));
          } finally {
            working.release();
          }
        });
  }

  private static int[] waveform(Sight sight) {
    Waves waves = new Waves(Math.max(1, Math.round(sight.seconds * sight.rate)), COLUMNS);
    if (sight.isLong()) {
      float[] block = new float[sight.frame()];
      for (int i = 0; i < SPOTS; i++) {
        int n = spot(sight, i, block);
        waves.add(block, n, (double) i / SPOTS, (i + 1.0) / SPOTS);
      }
    } else {
      float[] block = new float[1 << 14];
      try (AudioReader reader = AudioFiles.open(sight.file, sight.all())) {
        for (int n = reader.read(block); n > 0; n = reader.read(block)) {
          waves.add(block, n);
        }
      }
    }
    return waves.scaled();
  }

  private static byte[] spectrogram(Sight sight) {
    int fft = sight.frame();
    if (sight.isLong()) {
      float[] kept = new float[SPOTS * fft];
      float[] block = new float[fft];
      for (int i = 0; i < SPOTS; i++) {
        System.arraycopy(block, 0, kept, i * fft, spot(sight, i, block));
      }
      return spectrogram(Clip.of("clip", kept, sight.rate), fft, fft, false);
    }
    if (sight.seconds * sight.rate <= (double) SPECTRA * fft) {
      Clip all = AudioFiles.read(sight.file, sight.all());
      return spectrogram(all, fft, Math.max(1, all.length() / SPECTRA), true);
    }
    return spectrogram(frames(sight), fft, fft, false);
  }

  /** Reads the samples at one of the spots, evenly spaced; returns their number. */
  private static int spot(Sight sight, int i, float[] block) {
    double from = sight.start + sight.seconds * (i + 0.5) / SPOTS;
    ReadOptions part = ClipFiles.tolerant().withPart(from, (block.length + 1.0) / sight.rate);
    try (AudioReader reader = AudioFiles.open(sight.file, part)) {
      return Math.max(0, reader.read(block));
    }
  }

  /** The samples around the middle of each column, one after another, in one pass. */
  private static Clip frames(Sight sight) {
    int fft = sight.frame();
    float[] kept = new float[SPECTRA * fft];
    float[] block = new float[1 << 14];
    double each = sight.seconds * sight.rate / SPECTRA; // more than a frame
    try (AudioReader reader = AudioFiles.open(sight.file, sight.all())) {
      long at = 0;
      for (int n = reader.read(block); n > 0; n = reader.read(block)) {
        for (int column = (int) Math.max(0, at / each - 1); column < SPECTRA; column++) {
          long from = (long) (column * each + (each - fft) / 2);
          if (from >= at + n) {
            break;
          }
          int first = (int) Math.max(0, from - at);
          int last = (int) Math.min(n, from + fft - at);
          if (first < last) {
            int to = column * fft + (int) (at + first - from);
            System.arraycopy(block, first, kept, to, last - first);
          }
        }
        at += n;
      }
    }
    return Clip.of("clip", kept, sight.rate);
  }

  private static byte[] spectrogram(Clip clip, int fft, int hop, boolean centred) {
    MelOptions bands = MelOptions.of(BANDS).withRange(0, top(clip.sampleRateHz()));
    FrameOptions options = FrameOptions.of(fft, hop).withMel(bands);
    MelSpectrogram mel = MelSpectrogram.of(clip, centred ? options : options.uncentred());
    return LevelImage.png(mel.decibelsBelowMaximum());
  }
}
