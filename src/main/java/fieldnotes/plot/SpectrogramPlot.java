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

/** Loudness over time and frequency, as a heat map in dB. */
public final class SpectrogramPlot {
  /** The dB below the loudest cell at which the colours end. */
  private static final double RANGE_DB = 80;

  private SpectrogramPlot() {}

  /** The spectrogram of a clip, in dB below its loudest cell, with librosa's default frames. */
  public static HeatMap of(Clip clip) {
    return of(clip, Axis.Spacing.LINEAR);
  }

  /** The spectrogram of a clip with the frequency spacing of your choice. */
  public static HeatMap of(Clip clip, Axis.Spacing spacing) {
    Spectrogram spectrogram = Spectrogram.of(clip);
    return of(
        clip.name(),
        floats(spectrogram.decibels()),
        (double) spectrogram.options().hop() / clip.sampleRateHz(),
        spectrogram.frequencyHz(1),
        spacing);
  }

  /** The mel spectrogram of a clip: 128 bands, as {@link MelSpectrogram} has them. */
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
        middle);
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
   * @param title what is heard
   * @param db loudness in dB, shape [frames][bins]; the colours go from the loudest cell to 80 dB
   *     below it
   * @param secondsPerFrame the time from one frame to the next, above 0
   * @param hzPerBin the distance from one bin to the next, above 0; bin 0 lies at 0 Hz
   */
  static HeatMap of(String title, float[][] db, double secondsPerFrame, double hzPerBin) {
    return of(title, db, secondsPerFrame, hzPerBin, Axis.Spacing.LINEAR);
  }

  /**
   * A spectrogram with the spacing of your choice; a logarithmic axis begins at 50 Hz, or at the
   * second bin where that lies higher.
   *
   * @param db loudness in dB, shape [frames][bins]
   * @param secondsPerFrame the time from one frame to the next, above 0
   * @param hzPerBin the distance from one bin to the next, above 0; bin 0 lies at 0 Hz
   * @param spacing of the frequency axis
   */
  static HeatMap of(
      String title, float[][] db, double secondsPerFrame, double hzPerBin, Axis.Spacing spacing) {
    Check.that(db.length > 0 && db[0].length > 1, "db has no frames, or fewer than two bins");
    Check.positive("secondsPerFrame", secondsPerFrame);
    Check.positive("hzPerBin", hzPerBin);
    int bins = db[0].length;
    // A cell reaches half a bin to either side of its frequency.
    Axis cells = Axis.linear("", -0.5 * hzPerBin, (bins - 0.5) * hzPerBin);
    double top = (bins - 1) * hzPerBin;
    double bottom = spacing == Axis.Spacing.LOG ? Math.max(Math.min(50, top / 2), hzPerBin) : 0;
    // In kHz where Hz would be long; the warp of mel wants Hz.
    boolean kilo = top >= 4_000 && spacing == Axis.Spacing.LINEAR;
    Axis shown =
        kilo
            ? Axis.linear("frequency in kHz", 0, top / 1_000)
            : new Axis("frequency in Hz", bottom, top, spacing, List.of());
    Axis cellsShown = kilo ? Axis.linear("", cells.from() / 1_000, cells.to() / 1_000) : cells;
    return build(title, db, secondsPerFrame, cellsShown, shown);
  }

  /**
   * A mel spectrogram: its bands are evenly spaced already, and named by their middle.
   *
   * @param db loudness in dB, shape [frames][bands]
   * @param bandHz the middle frequency of each band in Hz, shape [bands], rising
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
