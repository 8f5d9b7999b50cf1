package fieldnotes.feature;

import fieldnotes.feature.FrameEngine.Track;

/** Power in dB, limited to 80 dB below the maximum of the clip, like librosa. */
final class Decibels {
  private static final double LEAST = 1e-10;
  private static final double RANGE_DB = 80;

  private Decibels() {}

  /** {@code power_to_db(power, ref=1.0, amin=1e-10, top_db=80)}. */
  static void ofPower(Track power, Track out) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < power.count; c++) {
      int row = c * power.stride;
      for (int t = row; t < row + power.frames; t++) {
        double db = 10 * Math.log10(Math.max(LEAST, power.values[t]));
        out.values[t] = db;
        highest = Math.max(highest, db);
      }
      for (int t = row + power.frames; t < row + power.stride; t++) {
        out.values[t] = 0;
      }
    }
    double floor = highest - RANGE_DB;
    for (int i = 0; i < power.count * power.stride; i++) {
      out.values[i] = Math.max(floor, out.values[i]);
    }
  }

  /**
   * Replaces valleys by peak minus valley: in dB, each limited to 80 dB below its own maximum, or
   * linear. Bands of NaN stay NaN.
   */
  static void contrast(Track peak, Track valley, boolean linear) {
    double peakFloor = Double.NEGATIVE_INFINITY;
    double valleyFloor = Double.NEGATIVE_INFINITY;
    if (!linear) {
      peakFloor = decibels(peak) - RANGE_DB;
      valleyFloor = decibels(valley) - RANGE_DB;
    }
    for (int i = 0; i < peak.count * peak.stride; i++) {
      valley.values[i] =
          Math.max(peakFloor, peak.values[i]) - Math.max(valleyFloor, valley.values[i]);
    }
  }

  /** Converts to dB in place and returns the maximum. */
  private static double decibels(Track of) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < of.count; c++) {
      for (int t = c * of.stride; t < c * of.stride + of.frames; t++) {
        if (!Double.isNaN(of.values[t])) {
          of.values[t] = 10 * Math.log10(Math.max(LEAST, of.values[t]));
          highest = Math.max(highest, of.values[t]);
        }
      }
    }
    return highest;
  }
}
