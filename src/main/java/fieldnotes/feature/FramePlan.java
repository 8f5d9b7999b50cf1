package fieldnotes.feature;

import fieldnotes.feature.Measure.Kind;
import fieldnotes.math.LaneRealFft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that does not depend on the clip: windows, filter banks, transforms. Shared by all
 * clips of one sample rate and by all threads.
 */
final class FramePlan {
  private static final double TUNING_LOWEST_HZ = 150;
  private static final double TUNING_HIGHEST_HZ = 4000;

  /** The number of tuning histogram bins: −0.50…0.49 in steps of 0.01 semitones. */
  static final int TUNINGS = 100;

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

  /**
   * The DCT matrices from mel bands in dB to coefficients, each with the largest number of rows any
   * measure needs; and the one each measure uses.
   */
  final List<double[][]> cepstra = new ArrayList<>();

  final int[] cepstrumOf;

  /** The bands of each contrast measure and the filters of each chroma measure. */
  final ContrastBands[] contrast;

  final ChromaFilters[] chroma;

  /** Range of bins in which the tuning is estimated. */
  final int tuningFrom;

  final int tuningTo;
  final double tuningHzPerBin;
  final double[] tuningEdges;

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
            || flatnessOfMagnitude()
            || (needsMel && options.mel().exponent() != 2);
    needsChroma = has(Kind.CHROMA);
    needsTuning = has(Kind.TUNING) || estimatesChroma();
    needsSpectrum =
        needsMagnitude
            || needsMel
            || needsChroma
            || needsTuning
            || has(Kind.FLATNESS)
            || has(Kind.HARMONIC_SHARE);

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
    cepstrumOf = new int[measures.size()];
    contrast = new ContrastBands[measures.size()];
    chroma = new ChromaFilters[measures.size()];
    fillCepstra(melBands);
    for (int i = 0; i < contrast.length; i++) {
      switch (measures.get(i).options()) {
        case ContrastOptions o -> contrast[i] = ContrastBands.of(o, sampleRateHz, frequencyHz);
        case ChromaOptions o -> chroma[i] = new ChromaFilters(o, sampleRateHz, options.fftSize());
        default -> {}
      }
    }
    // librosa derives the transform length from the number of bins here, so an odd length counts as
    // one less.
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

  private boolean flatnessOfMagnitude() {
    return measures.stream()
        .anyMatch(m -> m.options() instanceof FlatnessOptions o && o.exponent() != 2);
  }

  private boolean estimatesChroma() {
    return measures.stream().anyMatch(m -> m.options() instanceof ChromaOptions o && o.estimated());
  }

  private void fillCepstra(int melBands) {
    Map<MfccOptions, Integer> most = new LinkedHashMap<>();
    for (Measure m : measures) {
      if (m.options() instanceof MfccOptions o) {
        if (o.count() > melBands) {
          throw new IllegalArgumentException(
              "count=%d: must be at most the number of mel bands, %d"
                  .formatted(o.count(), melBands));
        }
        if (o.dctType() == 1 && melBands < 2) {
          throw new IllegalArgumentException(
              "dctType=1 with %d mel band: it needs at least 2; use type 2".formatted(melBands));
        }
        most.merge(o.basis(), o.count(), Math::max);
      }
    }
    List<MfccOptions> order = List.copyOf(most.keySet());
    for (MfccOptions o : order) {
      double[][] rows = new double[most.get(o)][];
      for (int c = 0; c < rows.length; c++) {
        rows[c] = o.row(c, melBands);
      }
      cepstra.add(rows);
    }
    for (int i = 0; i < cepstrumOf.length; i++) {
      cepstrumOf[i] =
          measures.get(i).options() instanceof MfccOptions o ? order.indexOf(o.basis()) : -1;
    }
  }
}
