package fieldnotes.feature;

import fieldnotes.feature.Measure.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Everything that can be worked out before a clip is seen: windows, filter banks, transforms. One
 * plan serves all clips of one rate, on any number of threads.
 */
final class FramePlan {
  /** librosa's contrast has six octave bands above the first. */
  static final int CONTRAST_BANDS = 7;

  private static final double CONTRAST_LOWEST_HZ = 200;
  private static final double CONTRAST_SHARE = 0.02;
  private static final double TUNING_LOWEST_HZ = 150;
  private static final double TUNING_HIGHEST_HZ = 4000;

  /** Tunings are estimated in hundredths of a semitone, −0.50…0.49. */
  private static final int TUNINGS = 100;

  final int sampleRateHz;
  final FrameOptions options;
  final List<Measure> measures;
  final LaneRealFft fft;
  final double[] window;
  final double[] frequencyHz;

  final boolean needsMagnitude;
  final boolean needsMel;
  final boolean needsMelDb;
  final boolean needsTuning;
  final boolean needsChroma;
  final boolean needsCentroid;
  final boolean needsSpectrum;

  /** Mel band m covers bins melFrom[m] … melFrom[m] + melWeight[m].length − 1. */
  final int[] melFrom;

  final double[][] melWeight;

  /** Row c of the orthonormal DCT-II over the mel bands, for the most coefficients asked for. */
  final double[][] dct;

  /** Contrast band b covers bins contrastFrom[b] … contrastTo[b] − 1; none where they are equal. */
  final int[] contrastFrom = new int[CONTRAST_BANDS];

  final int[] contrastTo = new int[CONTRAST_BANDS];
  final int[] contrastCount = new int[CONTRAST_BANDS];

  /** Bins in which the tuning is looked for. */
  final int tuningFrom;

  final int tuningTo;
  final double tuningHzPerBin;
  final double[] tuningEdges;
  private final AtomicReferenceArray<double[]> chromaWeights = new AtomicReferenceArray<>(TUNINGS);

  FramePlan(int sampleRateHz, FrameOptions options, List<Measure> measures) {
    this.sampleRateHz = sampleRateHz;
    this.options = options;
    this.measures = List.copyOf(measures);
    this.fft = LaneRealFft.of(options.fftSize());
    this.window = options.paddedWindow();
    int bins = options.bins();
    frequencyHz = new double[bins];
    for (int k = 0; k < bins; k++) {
      frequencyHz[k] = k * (double) sampleRateHz / options.fftSize();
    }
    needsCentroid = has(Kind.CENTROID) || has(Kind.BANDWIDTH);
    needsMelDb =
        has(Kind.MFCC)
            || has(Kind.MFCC_DELTA)
            || has(Kind.MFCC_DELTA2)
            || has(Kind.MEL_DB)
            || has(Kind.ONSET_STRENGTH)
            || has(Kind.TEMPO);
    needsMel = needsMelDb || has(Kind.MEL);
    needsMagnitude =
        needsCentroid
            || has(Kind.ROLLOFF)
            || has(Kind.CONTRAST)
            || (needsMel && options.mel().exponent() == 1);
    needsChroma = has(Kind.CHROMA);
    needsTuning = needsChroma || has(Kind.TUNING);
    needsSpectrum =
        needsMagnitude || needsMel || needsTuning || has(Kind.FLATNESS) || has(Kind.HARMONIC_SHARE);

    int melBands = options.melBands();
    for (Measure m : measures) {
      if ((m.kind() == Kind.MEL || m.kind() == Kind.MEL_DB) && m.count() != melBands) {
        throw new IllegalArgumentException(
            "a set with %d mel bands and frames with melBands=%d: choose the frames .withMelBands(%d)"
                .formatted(m.count(), melBands, m.count()));
      }
    }
    melFrom = new int[melBands];
    melWeight = new double[melBands][];
    if (needsMel) {
      fillMel(melBands);
    }
    int coefficients = 0;
    for (Measure m : measures) {
      switch (m.kind()) {
        case MFCC, MFCC_DELTA, MFCC_DELTA2 -> {
          coefficients = Math.max(coefficients, m.count());
          if (m.count() > melBands) {
            throw new IllegalArgumentException(
                "%d coefficients of %d mel bands: there are at most as many as bands"
                    .formatted(m.count(), melBands));
          }
        }
        default -> {}
      }
    }
    dct = new double[coefficients][melBands];
    for (int c = 0; c < coefficients; c++) {
      double scale = Math.sqrt((c == 0 ? 1.0 : 2.0) / melBands);
      for (int m = 0; m < melBands; m++) {
        dct[c][m] = scale * LaneFft.cos((long) c * (2 * m + 1), 4 * melBands);
      }
    }
    fillContrast();
    // librosa takes the length of the transform from the number of bins here, so an odd one is
    // taken for one less.
    tuningHzPerBin = (double) sampleRateHz / Math.max(1, 2 * (bins - 1));
    int from = 0;
    while (from < bins && from * tuningHzPerBin < TUNING_LOWEST_HZ) {
      from++;
    }
    int to = from;
    double limit = Math.min(TUNING_HIGHEST_HZ, sampleRateHz / 2.0);
    while (to < bins && to * tuningHzPerBin < limit) {
      to++;
    }
    tuningFrom = Math.max(1, from);
    tuningTo = Math.min(to, bins - 1);
    tuningEdges = new double[TUNINGS + 1];
    for (int i = 0; i < TUNINGS; i++) {
      tuningEdges[i] = i * (1.0 / TUNINGS) - 0.5;
    }
    tuningEdges[TUNINGS] = 0.5;
  }

  boolean has(Kind kind) {
    return measures.stream().anyMatch(m -> m.kind() == kind);
  }

  private void fillMel(int bands) {
    double[] edge = options.mel().edgesHz(sampleRateHz);
    for (int m = 0; m < bands; m++) {
      double area = options.mel().equalArea() ? 2 / (edge[m + 2] - edge[m]) : 1;
      int from = 0;
      while (from < frequencyHz.length && frequencyHz[from] <= edge[m]) {
        from++;
      }
      int to = from;
      while (to < frequencyHz.length && frequencyHz[to] < edge[m + 2]) {
        to++;
      }
      melFrom[m] = from;
      melWeight[m] = new double[to - from];
      for (int k = from; k < to; k++) {
        double up = (frequencyHz[k] - edge[m]) / (edge[m + 1] - edge[m]);
        double down = (edge[m + 2] - frequencyHz[k]) / (edge[m + 2] - edge[m + 1]);
        melWeight[m][k - from] = area * Math.max(0, Math.min(up, down));
      }
    }
  }

  private void fillContrast() {
    int bands = 0;
    while (bands < CONTRAST_BANDS - 1 && CONTRAST_LOWEST_HZ * (1 << bands) < 0.5 * sampleRateHz) {
      bands++;
    }
    // Bands 1…n above the first; the edge below the last must lie under half the sample rate.
    for (int b = 0; bands > 0 && b <= bands; b++) {
      double low = b == 0 ? 0 : CONTRAST_LOWEST_HZ * (1 << (b - 1));
      double high = CONTRAST_LOWEST_HZ * (1 << b);
      int from = 0;
      while (from < frequencyHz.length && frequencyHz[from] < low) {
        from++;
      }
      int to = from;
      while (to < frequencyHz.length && frequencyHz[to] <= high) {
        to++;
      }
      if (from == to) {
        continue;
      }
      if (b > 0) {
        from--;
      }
      if (b == bands) {
        to = frequencyHz.length;
      }
      int all = to - from;
      if (b < bands) {
        to--;
      }
      contrastFrom[b] = from;
      contrastTo[b] = to;
      contrastCount[b] = Math.min(to - from, Math.max(1, (int) Math.rint(CONTRAST_SHARE * all)));
    }
  }

  /** Whether librosa's contrast with its six octave bands can be had at this rate. */
  boolean contrastFits() {
    return contrastTo[CONTRAST_BANDS - 1] > 0;
  }

  /** The bin of the histogram of tunings that is −0.50 + bin/100 semitones. */
  static double tuningOf(int bin) {
    return bin * 0.01 - 0.5;
  }

  /** Weights of the twelve classes for each bin, [bins][12] flat, for a tuning of the histogram. */
  double[] chromaWeights(int tuningBin) {
    double[] ready = chromaWeights.get(tuningBin);
    if (ready == null) {
      ready = chromaWeights(sampleRateHz, options.fftSize(), tuningEdges[tuningBin]);
      chromaWeights.set(tuningBin, ready);
    }
    return ready;
  }

  /**
   * librosa's chroma filters: a Gaussian bump around each pitch class, as wide as a bin is there,
   * every bin's weights of unit length, and the octaves weighted by a Gaussian around the fifth.
   */
  static double[] chromaWeights(int sampleRateHz, int fftSize, double tuning) {
    int classes = 12;
    int bins = fftSize / 2 + 1;
    double a440 = 440 * Math.pow(2, tuning / classes);
    double[] octave = new double[bins + 1];
    for (int k = 1; k <= bins; k++) {
      double hz = k * (double) sampleRateHz / fftSize;
      octave[k] = classes * (Math.log(hz / (a440 / 16)) / Math.log(2));
    }
    octave[0] = octave[1] - 1.5 * classes;
    double[] out = new double[bins * classes];
    double[] column = new double[classes];
    for (int k = 0; k < bins; k++) {
      double width = k < fftSize - 1 ? Math.max(octave[k + 1] - octave[k], 1) : 1;
      double norm = 0;
      for (int c = 0; c < classes; c++) {
        double distance = octave[k] - c + 6 + 10 * classes;
        distance = distance - classes * Math.floor(distance / classes) - 6;
        column[c] = Math.exp(-0.5 * (2 * distance / width) * (2 * distance / width));
        norm += column[c] * column[c];
      }
      double far = (octave[k] / classes - 5) / 2;
      double scale = Math.exp(-0.5 * far * far) / Math.sqrt(norm);
      for (int c = 0; c < classes; c++) {
        // The rows begin with A; C is the third class above it.
        out[k * classes + Math.floorMod(c - 3, classes)] = column[c] * scale;
      }
    }
    return out;
  }
}
