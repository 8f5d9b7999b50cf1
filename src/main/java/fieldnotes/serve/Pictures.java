package fieldnotes.serve;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.Clip;
import fieldnotes.draw.ColorMap;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.MelOptions;
import fieldnotes.feature.MelSpectrogram;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * What a clip looks like: its waveform and its mel spectrogram, at a cost that a long clip cannot
 * raise. Long clips are read once, in blocks, and very long ones only at spots.
 */
final class Pictures {
  /** Columns of the waveform, and at most of the spectrogram. */
  private static final int COLUMNS = 1000;

  private static final int SPECTRA = 800;
  private static final int BANDS = 96;

  /** Clips up to this length are read completely. */
  private static final double READ_SECONDS = 20 * 60;

  /** Where clips are not read completely, this many spots are. */
  private static final int SPOTS = 250;

  private static final double RANGE_DB = 80;
  private static final int COLOURS = 160;

  /**
   * The picture of a clip.
   *
   * @param seconds its length
   * @param peaks lowest and highest sample of each column, in 1/127 of full scale
   * @param spectrogram a PNG without axes, 0 Hz below
   * @param topHz highest frequency of the spectrogram
   */
  @SuppressWarnings("ArrayRecordComponent") // is never compared
  record Picture(double seconds, int[] peaks, byte[] spectrogram, double topHz) {}

  private record Key(ClipFiles.Seen file, double start, double seconds) {}

  private final ClipFiles files;
  private final Recent<Key, Picture> recent = new Recent<>(64);
  private final Semaphore working = new Semaphore(Runtime.getRuntime().availableProcessors());

  Pictures(ClipFiles files) {
    this.files = files;
  }

  Picture of(int clip) {
    Key key =
        new Key(files.seen(clip), files.clips().startSeconds(clip), files.clips().seconds(clip));
    return recent.get(
        key,
        k -> {
          working.acquireUninterruptibly();
          try {
            return files.readable(clip, () -> draw(k.file().file(), k.start(), clip));
          } finally {
            working.release();
          }
        });
  }

  private Picture draw(Path file, double start, int clip) {
    double seconds = files.seconds(clip);
    int rate = files.info(clip).sampleRateHz();
    int fft = rate >= 32_000 ? 2048 : rate >= 16_000 ? 1024 : 512;
    double known = Double.isNaN(seconds) ? READ_SECONDS + 1 : seconds;
    Waves waves = new Waves(Math.max(1, Math.round(known * rate)), COLUMNS);
    Clip sound;
    int hop;
    boolean centred = false;
    if (known > READ_SECONDS) {
      sound = spots(file, start, known, fft, rate, waves);
      hop = fft;
    } else if (known * rate <= (double) SPECTRA * fft) {
      sound = AudioFiles.read(file, ClipFiles.tolerant().withPart(start, known));
      waves.add(sound.samples(), sound.length());
      hop = Math.max(1, sound.length() / SPECTRA);
      centred = true;
    } else {
      sound = frames(file, start, known, fft, rate, waves);
      hop = fft;
    }
    double topHz = Math.min(rate / 2.0, 11_025);
    MelOptions bands = MelOptions.of(BANDS).withRange(0, topHz);
    FrameOptions options = FrameOptions.of(fft, hop).withMel(bands);
    MelSpectrogram mel = MelSpectrogram.of(sound, centred ? options : options.uncentred());
    return new Picture(seconds, waves.scaled(), png(mel.decibelsBelowMaximum()), topHz);
  }

  /** The samples around the middle of each column, one after another, in one pass. */
  private static Clip frames(
      Path file, double start, double seconds, int fft, int rate, Waves waves) {
    float[] kept = new float[SPECTRA * fft];
    float[] block = new float[1 << 14];
    double each = seconds * rate / SPECTRA; // at least a frame
    try (AudioReader reader =
        AudioFiles.open(file, ClipFiles.tolerant().withPart(start, seconds))) {
      long at = 0;
      for (int n = reader.read(block); n > 0; n = reader.read(block)) {
        waves.add(block, n);
        for (int column = (int) Math.max(0, at / each - 1); column < SPECTRA; column++) {
          long from = (long) (column * each + (each - fft) / 2);
          if (from >= at + n) {
            break;
          }
          int first = (int) Math.max(0, from - at);
          int last = (int) Math.min(n, from + fft - at);
          if (first < last) {
            System.arraycopy(
                block, first, kept, column * fft + (int) (at + first - from), last - first);
          }
        }
        at += n;
      }
    }
    return Clip.of("clip", kept, rate);
  }

  /** Samples of a few spots only, one after another. */
  private static Clip spots(
      Path file, double start, double seconds, int fft, int rate, Waves waves) {
    float[] kept = new float[SPOTS * fft];
    float[] block = new float[fft];
    for (int i = 0; i < SPOTS; i++) {
      double from = seconds * (i + 0.5) / SPOTS;
      try (AudioReader reader =
          AudioFiles.open(file, ClipFiles.tolerant().withPart(start + from, (fft + 1.0) / rate))) {
        int n = Math.max(0, reader.read(block));
        System.arraycopy(block, 0, kept, i * fft, n);
        waves.add(block, n, (double) i / SPOTS, (i + 1.0) / SPOTS);
      }
    }
    return Clip.of("clip", kept, rate);
  }

  /** The levels as pixels, −80 dB to 0 dB; the lowest band is below. */
  private static byte[] png(double[][] decibels) {
    byte[] red = new byte[COLOURS];
    byte[] green = new byte[COLOURS];
    byte[] blue = new byte[COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      var colour = ColorMap.MAGMA.color((double) i / (COLOURS - 1));
      red[i] = (byte) colour.getRed();
      green[i] = (byte) colour.getGreen();
      blue[i] = (byte) colour.getBlue();
    }
    int width = Math.max(1, decibels.length);
    IndexColorModel palette = new IndexColorModel(8, COLOURS, red, green, blue);
    BufferedImage image = new BufferedImage(width, BANDS, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int t = 0; t < decibels.length; t++) {
      for (int band = 0; band < BANDS; band++) {
        double share = 1 + decibels[t][band] / RANGE_DB;
        int colour = Math.clamp(Math.round(share * (COLOURS - 1)), 0, COLOURS - 1);
        image.getRaster().setSample(t, BANDS - 1 - band, 0, colour);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", to);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory
    }
    return out.toByteArray();
  }

  /** The lowest and highest sample of each column. */
  private static final class Waves {
    private final float[] low;
    private final float[] high;
    private final double each;
    private long at;

    Waves(long samples, int columns) {
      int n = (int) Math.min(samples, columns);
      low = new float[n];
      high = new float[n];
      each = (double) samples / n;
    }

    void add(float[] x, int n) {
      for (int i = 0; i < n; i++, at++) {
        put(x[i], (int) (at / each));
      }
    }

    /** Samples that stand for a share of the clip. */
    void add(float[] x, int n, double from, double to) {
      for (int c = (int) (from * low.length); c < to * low.length; c++) {
        for (int i = 0; i < n; i++) {
          put(x[i], c);
        }
      }
    }

    private void put(float value, int column) {
      int c = Math.min(column, low.length - 1);
      low[c] = Math.min(low[c], value);
      high[c] = Math.max(high[c], value);
    }

    int[] scaled() {
      int[] out = new int[2 * low.length];
      for (int i = 0; i < low.length; i++) {
        out[2 * i] = Math.clamp(Math.round(low[i] * 127), -127, 127);
        out[2 * i + 1] = Math.clamp(Math.round(high[i] * 127), -127, 127);
      }
      return out;
    }
  }
}
