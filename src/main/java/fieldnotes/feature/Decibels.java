package fieldnotes.feature;

import fieldnotes.feature.FrameEngine.Track;

/** Ten times the decimal logarithm, cut at 80 dB below the maximum of the clip, as librosa does. */
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

  /** Peaks less valleys, each in dB and cut below its own maximum; bands of NaN stay NaN. */
  static void contrast(Track peak, Track valley, Track out) {
    double highestPeak = Double.NEGATIVE_INFINITY;
    double highestValley = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < peak.count; c++) {
      for (int t = c * peak.stride; t < c * peak.stride + peak.frames; t++) {
        if (!Double.isNaN(peak.values[t])) {
          peak.values[t] = 10 * Math.log10(Math.max(LEAST, peak.values[t]));
          valley.values[t] = 10 * Math.log10(Math.max(LEAST, valley.values[t]));
          highestPeak = Math.max(highestPeak, peak.values[t]);
          highestValley = Math.max(highestValley, valley.values[t]);
        }
      }
    }
    double peakFloor = highestPeak - RANGE_DB;
    double valleyFloor = highestValley - RANGE_DB;
    for (int i = 0; i < peak.count * peak.stride; i++) {
      out.values[i] = Math.max(peakFloor, peak.values[i]) - Math.max(valleyFloor, valley.values[i]);
    }
  }
}
