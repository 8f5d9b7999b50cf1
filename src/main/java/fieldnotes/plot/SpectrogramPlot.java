package fieldnotes.plot;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.draw.Axis;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Style;
import fieldnotes.feature.MelSpectrogram;
import fieldnotes.feature.Spectrogram;
import java.util.Arrays;
import java.util.List;

/** Spectrograms as heat maps in dB. */
public final class SpectrogramPlot {
  /** Dynamic range of the colours in dB, from the maximum down. */
  private static final double RANGE_DB = 80;

  private SpectrogramPlot() {}

  /** Spectrogram in dB relative to its maximum, with librosa's default frames. */
  public static HeatMap of(Clip clip) {
    return of(clip, Axis.Spacing.LINEAR);
  }

  /** Spectrogram with the given spacing of the frequency axis. */
  public static HeatMap of(Clip clip, Axis.Spacing spacing) {
    Spectrogram spectrogram = Spectrogram.of(clip);
    return of(
            clip.name(),
            floats(spectrogram.decibels()),
            (double) spectrogram.options().hop() / clip.sampleRateHz(),
            spectrogram.frequencyHz(1),
            spacing)
        .withSound(LiveClips.key(clip));
  }

  /** Mel spectrogram with 128 bands, as computed by {@link MelSpectrogram}. */
  public static HeatMap mel(Clip clip) {
    MelSpectrogram mel = MelSpectrogram.of(clip);
    double[] middle = new double[mel.bands()];
    for (int m = 0; m < middle.length; m++) {
      middle[m] = mel.frequencyHz(m);
    }
    return mel(
            clip.name(),
            floats(mel.decibelsBelowMaximum()),
            (double) mel.options().hop() / clip.sampleRateHz(),
            middle)
        .withSound(LiveClips.key(clip));
  }

  private static float[][] floats(double[][] values) {
    float[][] out = new float[values.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new float[values[i].length];
      for (int j = 0; j < out[i].length; j++) {
        out[i][j] = (float) values[i][j];
      }
    }
    return out;
  }

  /**
   * A spectrogram with evenly spaced frequencies.
   *
   * @param title title of the figure
   * @param db level in dB, shape [frames][bins]; the colours cover 80 dB below the maximum
   * @param secondsPerFrame hop length in seconds, above 0
   * @param hzPerBin bin spacing in Hz, above 0; bin 0 is at 0 Hz
   */
  static HeatMap of(String title, float[][] db, double secondsPerFrame, double hzPerBin) {
    return of(title, db, secondsPerFrame, hzPerBin, Axis.Spacing.LINEAR);
  }

  /**
   * A spectrogram with the given frequency spacing. A logarithmic axis starts at 50 Hz or at the
   * second bin, whichever is higher.
   *
   * @param db level in dB, shape [frames][bins]
   * @param secondsPerFrame hop length in seconds, above 0
   * @param hzPerBin bin spacing in Hz, above 0; bin 0 is at 0 Hz
   * @param spacing of the frequency axis
   */
  static HeatMap of(
      String title, float[][] db, double secondsPerFrame, double hzPerBin, Axis.Spacing spacing) {
    Check.that(db.length > 0 && db[0].length > 1, "db has no frames, or fewer than two bins");
    Check.positive("secondsPerFrame", secondsPerFrame);
    Check.positive("hzPerBin", hzPerBin);
    int bins = db[0].length;
    // A cell extends half a bin to either side of its centre frequency.
    Axis cells = Axis.linear("", -0.5 * hzPerBin, (bins - 0.5) * hzPerBin);
    double top = (bins - 1) * hzPerBin;
    double bottom = spacing == Axis.Spacing.LOG ? Math.max(Math.min(50, top / 2), hzPerBin) : 0;
    // Linear axes are in kHz; the mel scale needs Hz.
    boolean kilo = top >= 4_000 && spacing == Axis.Spacing.LINEAR;
    Axis shown =
        kilo
            ? Axis.linear("frequency in kHz", 0, top / 1_000)
            : new Axis("frequency in Hz", bottom, top, spacing, List.of());
    Axis cellsShown = kilo ? Axis.linear("", cells.from() / 1_000, cells.to() / 1_000) : cells;
    return build(title, db, secondsPerFrame, cellsShown, shown);
  }

  /**
   * A mel spectrogram; the bands are evenly spaced and labelled with their centre frequencies.
   *
   * @param db level in dB, shape [frames][bands]
   * @param bandHz centre frequency of each band in Hz, increasing, shape [bands]
   */
  private static HeatMap mel(String title, float[][] db, double secondsPerFrame, double[] bandHz) {
    Check.that(db.length > 0 && db[0].length > 1, "db has no frames, or fewer than two bands");
    Check.sameLength("bandHz", bandHz.length, "a frame of db", db[0].length);
    List<String> names =
        Arrays.stream(bandHz).mapToObj(hz -> Long.toString(Math.round(hz))).toList();
    Axis y = Axis.names("band, middle in Hz", names);
    return build(title, db, secondsPerFrame, y, y);
  }

  private static HeatMap build(
      String title, float[][] db, double secondsPerFrame, Axis cellsY, Axis y) {
    Axis x = Axis.linear("seconds", 0, db.length * secondsPerFrame);
    return HeatMap.of(title, x, y, cellsY, db.length, db[0].length, (i, j) -> db[i][j])
        .withColours(ColorMap.MAGMA)
        .withSpan(RANGE_DB)
        .withUnit("dB")
        .sized(Style.WIDTH, 360);
  }
}
