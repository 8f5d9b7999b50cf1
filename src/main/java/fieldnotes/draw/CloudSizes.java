package fieldnotes.draw;

import java.util.Arrays;

/**
 * The diameters of points in CSS pixels: all the same, or with areas proportional to values, of
 * which those above the 99.9th percentile are clipped.
 */
final class CloudSizes {
  private static final double LARGEST = 24;

  private final double[] areas;
  private final double[] sorted;
  private final double diameter;

  /**
   * The sizes of points.
   *
   * @param areas shape [points]; null where all points have one size
   * @param diameter of all points, where they have one size
   */
  CloudSizes(double[] areas, double diameter) {
    this.areas = areas;
    this.diameter = diameter;
    sorted =
        areas == null
            ? new double[0]
            : Arrays.stream(areas).filter(Double::isFinite).sorted().toArray();
  }

  /** The diameter of a point. */
  double of(int point) {
    return areas == null ? diameter : ofValue(areas[point]);
  }

  /** The diameter of a point with this value. */
  double ofValue(double value) {
    double most = quantile(0.999, 1);
    return Double.isNaN(value) || value <= 0 || most <= 0
        ? 1.5
        : Math.max(1.5, LARGEST * Math.sqrt(Math.min(value / most, 4)));
  }

  /** Values for a legend: a large one, rounded, and a fifth of it; none if there are no areas. */
  double[] told() {
    double large = round(quantile(0.99, 0));
    return areas != null && large > 0 ? new double[] {large / 5, large} : new double[0];
  }

  private double quantile(double share, double otherwise) {
    return sorted.length == 0 ? otherwise : sorted[(int) (share * (sorted.length - 1))];
  }

  /** Rounds to one significant digit. */
  private static double round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-300))));
    return Math.rint(value / power) * power;
  }
}
