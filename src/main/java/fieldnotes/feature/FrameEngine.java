package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.feature.Measure.Kind;
import fieldnotes.math.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Computes the features of a {@link FramePlan} for one clip after another. Each frame is
 * transformed once for all measures; buffers are reused between clips. Not thread-safe.
 *
 * <p>Values over time are stored band by band: value c of frame t is at {@code c·stride + t}.
 */
final class FrameEngine {
  /** Spectra are kept up to this many doubles; beyond, they are computed twice. */
  private static final int KEPT_SPECTRA = 4 << 20;

  /**
   * Processes the power spectra of a block, which start at {@code base}, for the frames from t on.
   * Called through this interface so that each step is compiled separately: in one large method the
   * JIT fails to keep vectors in registers.
   */
  @FunctionalInterface
  private interface BlockStep {
    void run(double[] power, int base, int t);
  }

  /** The values of a measure over the frames of a clip. */
  static final class Track {
    double[] values = {};
    int count;
    int frames;
    int stride;

    void shape(int newCount, int newFrames) {
      count = newCount;
      frames = newFrames;
      stride = Lanes.padded(newFrames);
      if (values.length < count * stride) {
        values = new double[count * stride];
      }
    }

    double get(int c, int t) {
      return values[c * stride + t];
    }

    void allNaN() {
      Arrays.fill(values, 0, count * stride, Double.NaN);
    }
  }

  private final FramePlan plan;
  private final Track[] tracks;
  private final Track mel = new Track();
  private final Track melDb = new Track();
  private final Track[] cepstra;
  private final Track centroid = new Track();

  /** Auxiliary tracks of a measure: peaks of a contrast, onsets of a tempo. */
  private final Track[] beside;

  private final Track percussive = new Track();

  private final double[] work;
  private final FrameLoader loader;
  private final double[] magnitude;
  private final double[] magnitudeSum = new double[COUNT];
  private double[] spectra = {};
  private boolean spectraKept;
  private final double[] sorted;
  private final double[] powers;
  private final double[] logarithms = new double[COUNT];
  private final double[] products = new double[COUNT];

  private float[] y;
  private int offset;
  private int length;

  /** The samples with padding at both ends, unless the padding is silence. */
  private float[] seen;

  private int seenOffset;
  private int seenLength;
  private int frames;

  private double[] candidateMagnitude = new double[1024];
  private double[] candidateHz = new double[1024];
  private double[] candidateCopy = {};
  private int candidates;

  /** The steps run on the spectra of each block, in this order. */
  private final List<BlockStep> blockSteps = new ArrayList<>();

  private final Harmonicity harmonicity;
  private final Yin[] yin;
  private final Rhythm[] rhythm;
  private final Hpss.Masks[] masks;

  FrameEngine(FramePlan plan) {
    this.plan = plan;
    FrameOptions options = plan.options;
    tracks = new Track[plan.measures.size()];
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = new Track();
    }
    work = new double[plan.fft.workLength()];
    loader = new FrameLoader(options.fftSize(), options.hop());
    magnitude = new double[plan.needsMagnitude ? options.bins() * COUNT : 0];
    beside = new Track[tracks.length];
    cepstra = new Track[plan.cepstra.size()];
    Arrays.setAll(cepstra, i -> new Track());
    yin = new Yin[tracks.length];
    rhythm = new Rhythm[tracks.length];
    masks = new Hpss.Masks[tracks.length];
    int most = 1;
    boolean ofMagnitude = plan.needsMel && plan.options.mel().exponent() != 2;
    for (int i = 0; i < tracks.length; i++) {
      switch (plan.measures.get(i).options()) {
        case ContrastOptions _ -> {
          most = Math.max(most, plan.contrast[i].most());
          beside[i] = new Track();
        }
        case YinOptions o -> {
          if (Yin.fits(plan.sampleRateHz, options.fftSize(), o)) {
            yin[i] = new Yin(plan.sampleRateHz, options, o);
          }
        }
        case TempoOptions o -> {
          rhythm[i] = new Rhythm(plan.sampleRateHz, options.hop(), o);
          beside[i] = new Track();
        }
        case HpssOptions o -> masks[i] = new Hpss.Masks(options.bins(), o);
        case FlatnessOptions o -> ofMagnitude |= o.exponent() != 2;
        default -> {}
      }
    }
    sorted = new double[2 * most * COUNT];
    powers = new double[ofMagnitude ? magnitude.length : 0];
    harmonicity =
        plan.has(Kind.HNR) && Harmonicity.fits(plan.sampleRateHz)
            ? new Harmonicity(plan.sampleRateHz, 1)
            : null;
    blockSteps();
  }

  /** The number of frames of the clip last measured. */
  int frames() {
    return frames;
  }

  /** The values of the i-th measure of the plan, valid until the next clip. */
  Track track(int measure) {
    return tracks[measure];
  }

  /** All measures of the last clip, shape [frames][columns]. */
  double[][] perFrame() {
    int columns = plan.measures.stream().mapToInt(Measure::count).sum();
    double[][] out = new double[frames][columns];
    int column = 0;
    for (int i = 0; i < tracks.length; i++) {
      Kind kind = plan.measures.get(i).kind();
      for (int c = 0; c < tracks[i].count; c++, column++) {
        for (int t = 0; t < frames; t++) {
          if (kind.ofWholeClip()) {
            out[t][column] = tracks[i].get(c, 0);
          } else if (kind == Kind.HNR) {
            int frame =
                harmonicity == null ? -1 : harmonicity.frameAt(length, plan.options.middle(t));
            out[t][column] = frame < 0 ? Double.NaN : tracks[i].get(c, frame);
          } else {
            out[t][column] = tracks[i].get(c, t);
          }
        }
      }
    }
    return out;
  }

  /** Measures samples {@code from} … {@code from + n − 1} of a clip, which must be finite. */
  void run(float[] samples, int from, int n) {
    y = samples;
    offset = from;
    length = n;
    seen = y;
    seenOffset = offset;
    seenLength = n;
    if (plan.options.padded()) {
      seen = plan.options.padding().around(y, offset, n, plan.options.before());
      seenOffset = 0;
      seenLength = seen.length;
    }
    frames = plan.options.frames(n);
    int stride = Lanes.padded(frames);
    for (int i = 0; i < tracks.length; i++) {
      Measure m = plan.measures.get(i);
      tracks[i].shape(m.count(), m.kind().ofWholeClip() ? Math.min(1, frames) : frames);
      if (beside[i] != null) {
        beside[i].shape(m.count(), frames);
      }
    }
    if (plan.needsMel) {
      mel.shape(plan.options.melBands(), frames);
    }
    if (plan.needsCentroid) {
      centroid.shape(1, frames);
    }
    candidates = 0;
    if (plan.needsSpectrum) {
      spectra(stride / COUNT);
    }
    finish();
    y = null;
    seen = null;
  }

  private void spectra(int blocks) {
    int size = plan.options.bins() * COUNT;
    boolean again = plan.needsChroma || plan.has(Kind.HARMONIC_SHARE);
    spectraKept = again && (long) blocks * size <= KEPT_SPECTRA;
    int needed = spectraKept ? blocks * size : size;
    if (spectra.length < needed) {
      spectra = new double[needed];
    }
    for (int b = 0; b < blocks; b++) {
      int base = spectraKept ? b * size : 0;
      transform(b, spectra, base);
      for (BlockStep step : blockSteps) {
        step.run(spectra, base, b * COUNT);
      }
    }
  }

  private void blockSteps() {
    if (plan.needsMel && plan.options.mel().exponent() == 2) {
      blockSteps.add(this::melBands);
    }
    if (plan.needsTuning) {
      blockSteps.add(this::tuningCandidates);
    }
    if (plan.needsMagnitude) {
      blockSteps.add(this::magnitudes);
    }
    double exponent = plan.options.mel().exponent();
    if (plan.needsMel && exponent == 1) {
      blockSteps.add((power, base, t) -> melBands(magnitude, 0, t));
    } else if (plan.needsMel && exponent != 2) {
      blockSteps.add((power, base, t) -> melBands(powers(exponent), 0, t));
    }
    if (plan.needsCentroid) {
      blockSteps.add(this::centroids);
    }
    for (int i = 0; i < tracks.length; i++) {
      blockStep(tracks[i], beside[i], plan.contrast[i], plan.measures.get(i).options());
    }
  }

  private void blockStep(Track track, Track peak, ContrastBands bands, MeasureOptions options) {
    switch (options) {
      case BandwidthOptions o -> {
        if (o.equals(BandwidthOptions.of())) {
          blockSteps.add((power, base, t) -> bandwidth(track.values, t));
        } else {
          blockSteps.add((power, base, t) -> bandwidth(o, track.values, t));
        }
      }
      case RolloffOptions o ->
          blockSteps.add((power, base, t) -> rolloff(o.share(), track.values, t));
      case FlatnessOptions o -> {
        DoubleVector least = Lanes.all(o.least());
        if (o.exponent() == 2) {
          blockSteps.add((power, base, t) -> flatness(power, base, least, track.values, t));
        } else {
          blockSteps.add(
              (power, base, t) -> flatness(powers(o.exponent()), 0, least, track.values, t));
        }
      }
      case ContrastOptions _ -> blockSteps.add((power, base, t) -> contrast(bands, peak, track, t));
      default -> {}
    }
  }

  /** Computes the power spectra of block b unless kept; returns their offset. */
  private int powerOf(int b) {
    int size = plan.options.bins() * COUNT;
    if (spectraKept) {
      return b * size;
    }
    transform(b, spectra, 0);
    return 0;
  }

  /** Windows, transforms and squares the frames of block b. */
  private void transform(int b, double[] power, int base) {
    int hop = plan.options.hop();
    loader.load(seen, seenOffset, seenLength, (long) b * COUNT * hop - plan.options.start());
    if (plan.fft.stride() != COUNT) {
      Arrays.fill(work, 0);
    }
    loader.windowed(plan.window, work, plan.fft.stride());
    plan.fft.power(work, power, base);
  }

  private void melBands(double[] power, int base, int t) {
    for (int m = 0; m < plan.melWeight.length; m++) {
      double[] weight = plan.melWeight[m];
      int at = base + plan.melFrom[m] * COUNT;
      DoubleVector sum = Lanes.zero();
      for (int k = 0; k < weight.length; k++) {
        sum = Lanes.load(power, at + k * COUNT).fma(Lanes.all(weight[k]), sum);
      }
      sum.intoArray(mel.values, m * mel.stride + t);
    }
  }

  /** Computes the magnitudes of a block and their sum, {@link #magnitudeSum}. */
  private void magnitudes(double[] power, int base, int t) {
    int size = plan.frequencyHz.length * COUNT;
    DoubleVector sum = Lanes.zero();
    for (int at = 0; at < size; at += COUNT) {
      DoubleVector s = Lanes.load(power, base + at).sqrt();
      s.intoArray(magnitude, at);
      sum = sum.add(s);
    }
    sum.intoArray(magnitudeSum, 0);
  }

  /** The magnitudes of the block raised to {@code exponent}. */
  private double[] powers(double exponent) {
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.pow(magnitude[i], exponent);
    }
    return powers;
  }

  private void centroids(double[] power, int base, int t) {
    double[] hz = plan.frequencyHz;
    DoubleVector weighted = Lanes.zero();
    for (int k = 0; k < hz.length; k++) {
      weighted = Lanes.load(magnitude, k * COUNT).fma(Lanes.all(hz[k]), weighted);
    }
    weighted.div(divisor()).intoArray(centroid.values, t);
  }

  /** The sum of the magnitudes, or 1 in silence. */
  private DoubleVector divisor() {
    DoubleVector sum = Lanes.load(magnitudeSum, 0);
    return sum.blend(Lanes.all(1), sum.compare(VectorOperators.LT, Lanes.all(Double.MIN_NORMAL)));
  }

  private void bandwidth(double[] out, int t) {
    double[] hz = plan.frequencyHz;
    DoubleVector centre = Lanes.load(centroid.values, t);
    DoubleVector spread = Lanes.zero();
    for (int k = 0; k < hz.length; k++) {
      DoubleVector s = Lanes.load(magnitude, k * COUNT);
      DoubleVector d = Lanes.all(hz[k]).sub(centre);
      spread = s.mul(d).fma(d, spread);
    }
    spread.div(divisor()).sqrt().intoArray(out, t);
  }

  private void bandwidth(BandwidthOptions options, double[] out, int t) {
    double p = options.exponent();
    for (int lane = 0; lane < COUNT; lane++) {
      double sum = 0;
      for (int k = 0; k < plan.frequencyHz.length; k++) {
        double away = Math.abs(plan.frequencyHz[k] - centroid.values[t + lane]);
        sum += magnitude[k * COUNT + lane] * Math.pow(away, p);
      }
      double norm = options.normalised() ? magnitudeSum[lane] : 1;
      out[t + lane] = Math.pow(sum / (norm < Double.MIN_NORMAL ? 1 : norm), 1 / p);
    }
  }

  private void rolloff(double share, double[] out, int t) {
    int bins = plan.frequencyHz.length;
    DoubleVector wanted = Lanes.load(magnitudeSum, 0).mul(Lanes.all(share));
    DoubleVector below = Lanes.zero();
    DoubleVector sum = Lanes.zero();
    DoubleVector one = Lanes.all(1);
    for (int k = 0; k < bins; k++) {
      sum = sum.add(Lanes.load(magnitude, k * COUNT));
      below = below.add(one, sum.compare(VectorOperators.LT, wanted));
    }
    for (int lane = 0; lane < COUNT; lane++) {
      out[t + lane] = plan.frequencyHz[Math.min(bins - 1, (int) below.lane(lane))];
    }
  }

  private void flatness(double[] power, int base, DoubleVector least, double[] out, int t) {
    int bins = plan.frequencyHz.length;
    DoubleVector sum = Lanes.zero();
    for (int lane = 0; lane < COUNT; lane++) {
      logarithms[lane] = 0;
    }
    // The logarithm of a product of eight values replaces eight logarithms.
    for (int k = 0; k < bins; ) {
      int from = k;
      DoubleVector product = Lanes.all(1);
      for (int end = Math.min(bins, k + 8); k < end; k++) {
        DoubleVector p = Lanes.larger(least, Lanes.load(power, base + k * COUNT));
        sum = sum.add(p);
        product = product.mul(p);
      }
      product.intoArray(products, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        double log = Math.log(products[lane]);
        if (products[lane] < Double.MIN_NORMAL || products[lane] > Double.MAX_VALUE) {
          // The product could overflow or underflow: take each logarithm separately.
          log = 0;
          for (int j = from; j < k; j++) {
            log += Math.log(Math.max(least.lane(lane), power[base + j * COUNT + lane]));
          }
        }
        logarithms[lane] += log;
      }
    }
    for (int lane = 0; lane < COUNT; lane++) {
      out[t + lane] = Math.exp(logarithms[lane] / bins) / (sum.lane(lane) / bins);
    }
  }

  /** Means of the largest and of the smallest magnitudes of each band. */
  private void contrast(ContrastBands bands, Track peak, Track weakest, int t) {
    for (int b = 0; b < bands.bands(); b++) {
      int q = bands.count[b];
      int out = b * peak.stride + t;
      if (q == 0) {
        Lanes.all(Double.NaN).intoArray(peak.values, out);
        Lanes.all(Double.NaN).intoArray(weakest.values, out);
      } else if (q == 1) {
        int at = bands.from[b] * COUNT;
        DoubleVector low = Lanes.load(magnitude, at);
        DoubleVector high = low;
        for (int k = bands.from[b] + 1; k < bands.to[b]; k++) {
          DoubleVector v = Lanes.load(magnitude, k * COUNT);
          low = Lanes.smaller(low, v);
          high = Lanes.larger(high, v);
        }
        high.intoArray(peak.values, out);
        low.intoArray(weakest.values, out);
      } else {
        extremes(bands.from[b], bands.to[b], q);
        DoubleVector low = Lanes.zero();
        DoubleVector high = Lanes.zero();
        for (int j = 0; j < q; j++) {
          low = low.add(Lanes.load(sorted, (q - 1 - j) * COUNT));
          high = high.add(Lanes.load(sorted, (q + j) * COUNT));
        }
        high.div(q).intoArray(peak.values, out);
        low.div(q).intoArray(weakest.values, out);
      }
    }
  }

  /**
   * Puts the q smallest magnitudes of these bins, descending, in rows 0…q−1 of {@link #sorted}, and
   * the q largest, ascending, after them.
   */
  private void extremes(int from, int to, int q) {
    largest(from, to, q);
    smallest(from, to, q);
  }

  private void largest(int from, int to, int q) {
    int high = q * COUNT;
    Arrays.fill(sorted, high, 2 * high, Double.NEGATIVE_INFINITY);
    DoubleVector least = Lanes.load(sorted, high);
    for (int k = from; k < to; k++) {
      DoubleVector v = Lanes.load(magnitude, k * COUNT);
      if (v.compare(VectorOperators.GT, least).anyTrue()) {
        DoubleVector x = Lanes.larger(v, least);
        for (int j = 1; j < q; j++) {
          DoubleVector s = Lanes.load(sorted, high + j * COUNT);
          Lanes.smaller(x, s).intoArray(sorted, high + (j - 1) * COUNT);
          x = Lanes.larger(x, s);
        }
        x.intoArray(sorted, high + (q - 1) * COUNT);
        least = Lanes.load(sorted, high);
      }
    }
  }

  /** Scans from the top: most spectra decrease, so the smallest are found early. */
  private void smallest(int from, int to, int q) {
    Arrays.fill(sorted, 0, q * COUNT, Double.POSITIVE_INFINITY);
    DoubleVector most = Lanes.load(sorted, 0);
    for (int k = to - 1; k >= from; k--) {
      DoubleVector v = Lanes.load(magnitude, k * COUNT);
      if (v.compare(VectorOperators.LT, most).anyTrue()) {
        DoubleVector x = Lanes.smaller(v, most);
        for (int j = 1; j < q; j++) {
          DoubleVector s = Lanes.load(sorted, j * COUNT);
          Lanes.larger(x, s).intoArray(sorted, (j - 1) * COUNT);
          x = Lanes.smaller(x, s);
        }
        x.intoArray(sorted, (q - 1) * COUNT);
        most = Lanes.load(sorted, 0);
      }
    }
  }

  /** Finds peaks of the power spectrum between 150 and 4000 Hz and their pitches. */
  private void tuningCandidates(double[] power, int base, int t) {
    int lanes = Math.min(COUNT, frames - t);
    int bins = plan.frequencyHz.length;
    DoubleVector highest = Lanes.zero();
    for (int k = 0; k < bins; k++) {
      highest = Lanes.larger(highest, Lanes.load(power, base + k * COUNT));
    }
    DoubleVector threshold = highest.mul(Lanes.all(0.1));
    for (int k = plan.tuningFrom; k < plan.tuningTo; k++) {
      int at = base + k * COUNT;
      DoubleVector s = Lanes.load(power, at);
      long found =
          s.compare(VectorOperators.GT, threshold)
              .and(s.compare(VectorOperators.GT, Lanes.load(power, at - COUNT)))
              .and(s.compare(VectorOperators.GE, Lanes.load(power, at + COUNT)))
              .toLong();
      if (found != 0) {
        for (int lane = 0; lane < lanes; lane++) {
          if ((found >>> lane & 1) != 0) {
            candidate(k, power[at + lane - COUNT], power[at + lane], power[at + lane + COUNT]);
          }
        }
      }
    }
  }

  private void candidate(int k, double before, double here, double after) {
    double a = after + before - 2 * here;
    double b = (after - before) / 2;
    double shift = Math.abs(b) >= Math.abs(a) ? 0 : -b / a;
    double hz = (k + shift) * plan.tuningHzPerBin;
    if (candidates == candidateMagnitude.length) {
      candidateMagnitude = Arrays.copyOf(candidateMagnitude, 2 * candidates);
      candidateHz = Arrays.copyOf(candidateHz, 2 * candidates);
    }
    candidateMagnitude[candidates] = here + 0.5 * b * shift;
    candidateHz[candidates++] = hz;
  }

  /**
   * The largest bin of the histogram of deviations from {@code classes} equal divisions of the
   * octave.
   */
  private int tuningBin(int classes) {
    if (candidates == 0) {
      return plan.tuningEdges.length / 2;
    }
    if (candidateCopy.length < candidates) {
      candidateCopy = new double[candidateMagnitude.length];
    }
    System.arraycopy(candidateMagnitude, 0, candidateCopy, 0, candidates);
    double median = Select.median(candidateCopy, candidates);
    int[] count = new int[plan.tuningEdges.length - 1];
    for (int i = 0; i < candidates; i++) {
      if (candidateMagnitude[i] >= median) {
        double pitch = classes * (Math.log(candidateHz[i] / 27.5) / Math.log(2));
        double residual = pitch - Math.floor(pitch);
        if (residual >= 0.5) {
          residual -= 1;
        }
        int bin = Math.clamp((long) Math.floor((residual + 0.5) * 100), 0, count.length - 1);
        while (bin > 0 && residual < plan.tuningEdges[bin]) {
          bin--;
        }
        while (bin < count.length - 1 && residual >= plan.tuningEdges[bin + 1]) {
          bin++;
        }
        count[bin]++;
      }
    }
    int fullest = 0;
    for (int bin = 1; bin < count.length; bin++) {
      if (count[bin] > count[fullest]) {
        fullest = bin;
      }
    }
    return fullest;
  }

  /** The tuning of a histogram bin, in classes; 0 if there was no pitch. */
  private double tuning(int bin) {
    return candidates > 0 ? plan.tuningEdges[bin] : 0;
  }

  private void chroma(ChromaFilters filters, Track out) {
    ChromaOptions options = filters.options;
    int bin = options.estimated() ? tuningBin(options.classes()) : 0;
    double[] weights = filters.weights(bin, tuning(bin));
    if (options.classes() == 12 && options.norm() == ChromaOptions.Norm.MAXIMUM) {
      twelveClasses(out, weights);
    } else {
      classes(out, weights, options);
    }
  }

  private void classes(Track out, double[] weights, ChromaOptions options) {
    int n = options.classes();
    for (int b = 0; b < Lanes.blocks(frames); b++) {
      int base = powerOf(b);
      int t = b * COUNT;
      DoubleVector norm = Lanes.zero();
      for (int c = 0; c < n; c++) {
        DoubleVector sum = Lanes.zero();
        for (int k = 0; k < plan.frequencyHz.length; k++) {
          sum = Lanes.load(spectra, base + k * COUNT).fma(Lanes.all(weights[k * n + c]), sum);
        }
        sum.intoArray(out.values, c * out.stride + t);
        norm =
            switch (options.norm()) {
              case NONE -> norm;
              case SUM -> norm.add(sum);
              case EUCLIDEAN -> sum.fma(sum, norm);
              case MAXIMUM -> Lanes.larger(norm, sum);
            };
      }
      if (options.norm() == ChromaOptions.Norm.EUCLIDEAN) {
        norm = norm.sqrt();
      }
      norm = norm.blend(Lanes.all(1), norm.compare(VectorOperators.LT, Double.MIN_NORMAL));
      for (int c = 0; c < n; c++) {
        int at = c * out.stride + t;
        Lanes.load(out.values, at).div(norm).intoArray(out.values, at);
      }
    }
  }

  private void twelveClasses(Track out, double[] weights) {
    int bins = plan.frequencyHz.length;
    for (int b = 0; b < Lanes.blocks(frames); b++) {
      int base = powerOf(b);
      DoubleVector c0 = Lanes.zero();
      DoubleVector c1 = c0;
      DoubleVector c2 = c0;
      DoubleVector c3 = c0;
      DoubleVector c4 = c0;
      DoubleVector c5 = c0;
      DoubleVector c6 = c0;
      DoubleVector c7 = c0;
      DoubleVector c8 = c0;
      DoubleVector c9 = c0;
      DoubleVector c10 = c0;
      DoubleVector c11 = c0;
      for (int k = 0, w = 0; k < bins; k++, w += 12) {
        DoubleVector p = Lanes.load(spectra, base + k * COUNT);
        c0 = p.fma(Lanes.all(weights[w]), c0);
        c1 = p.fma(Lanes.all(weights[w + 1]), c1);
        c2 = p.fma(Lanes.all(weights[w + 2]), c2);
        c3 = p.fma(Lanes.all(weights[w + 3]), c3);
        c4 = p.fma(Lanes.all(weights[w + 4]), c4);
        c5 = p.fma(Lanes.all(weights[w + 5]), c5);
        c6 = p.fma(Lanes.all(weights[w + 6]), c6);
        c7 = p.fma(Lanes.all(weights[w + 7]), c7);
        c8 = p.fma(Lanes.all(weights[w + 8]), c8);
        c9 = p.fma(Lanes.all(weights[w + 9]), c9);
        c10 = p.fma(Lanes.all(weights[w + 10]), c10);
        c11 = p.fma(Lanes.all(weights[w + 11]), c11);
      }
      DoubleVector most =
          c0.max(c1).max(c2).max(c3).max(c4).max(c5).max(c6).max(c7).max(c8).max(c9).max(c10);
      most = most.max(c11);
      most = most.blend(Lanes.all(1), most.compare(VectorOperators.LT, Double.MIN_NORMAL));
      int t = b * COUNT;
      int s = out.stride;
      c0.div(most).intoArray(out.values, t);
      c1.div(most).intoArray(out.values, s + t);
      c2.div(most).intoArray(out.values, 2 * s + t);
      c3.div(most).intoArray(out.values, 3 * s + t);
      c4.div(most).intoArray(out.values, 4 * s + t);
      c5.div(most).intoArray(out.values, 5 * s + t);
      c6.div(most).intoArray(out.values, 6 * s + t);
      c7.div(most).intoArray(out.values, 7 * s + t);
      c8.div(most).intoArray(out.values, 8 * s + t);
      c9.div(most).intoArray(out.values, 9 * s + t);
      c10.div(most).intoArray(out.values, 10 * s + t);
      c11.div(most).intoArray(out.values, 11 * s + t);
    }
  }

  /** Computes what needs the complete clip: maxima, tunings, neighbouring frames. */
  private void finish() {
    if (plan.needsMelDb) {
      melDb.shape(mel.count, frames);
      Decibels.ofPower(mel, melDb);
    }
    for (int i = 0; i < cepstra.length; i++) {
      cepstra[i].shape(plan.cepstra.get(i).length, frames);
      cosineTransform(plan.cepstra.get(i), cepstra[i]);
    }
    for (int i = 0; i < tracks.length; i++) {
      Measure m = plan.measures.get(i);
      Track track = tracks[i];
      switch (m.kind()) {
        case MFCC -> {
          Track mfcc = cepstra[plan.cepstrumOf[i]];
          System.arraycopy(mfcc.values, 0, track.values, 0, m.count() * mfcc.stride);
        }
        case MFCC_DELTA, MFCC_DELTA2 -> {
          int width = ((MfccOptions) m.options()).deltaWidth();
          Delta delta = new Delta(width, m.kind() == Kind.MFCC_DELTA ? 1 : 2);
          delta.run(cepstra[plan.cepstrumOf[i]], track);
        }
        case ZCR ->
            Waveform.zeroCrossingRate(y, offset, length, plan.options, frames, track.values);
        case RMS -> Waveform.rms(seen, seenOffset, seenLength, plan.options, frames, track.values);
        case CENTROID -> System.arraycopy(centroid.values, 0, track.values, 0, centroid.stride);
        case CONTRAST ->
            Decibels.contrast(beside[i], track, ((ContrastOptions) m.options()).linear());
        case CHROMA -> chroma(plan.chroma[i], track);
        case MEL -> System.arraycopy(mel.values, 0, track.values, 0, m.count() * mel.stride);
        case MEL_DB -> System.arraycopy(melDb.values, 0, track.values, 0, m.count() * mel.stride);
        case ONSET_STRENGTH ->
            Rhythm.onsetStrength(melDb, (OnsetOptions) m.options(), plan.options, track.values);
        case HARMONIC_SHARE -> harmonicShare(masks[i], track);
        case F0 -> {
          if (yin[i] == null) {
            track.allNaN();
          } else {
            yin[i].run(seen, seenOffset, seenLength, frames, track.values);
          }
        }
        case HNR -> {
          if (harmonicity == null) {
            track.shape(1, 0);
          } else {
            track.shape(1, harmonicity.frames(length));
            harmonicity.run(y, offset, length, track.values, null, null);
          }
        }
        case TUNING -> {
          if (frames > 0) {
            track.values[0] = tuning(tuningBin(12));
          }
        }
        case TEMPO -> {
          if (frames > 0) {
            OnsetOptions o = ((TempoOptions) m.options()).onset();
            Rhythm.onsetStrength(melDb, o, plan.options, beside[i].values);
            track.values[0] = rhythm[i].tempoBpm(beside[i].values, frames);
          }
        }
        case BANDWIDTH, ROLLOFF, FLATNESS -> {}
      }
    }
  }

  /** Share of the harmonic part in the energy of both parts; 0.5 if both are 0. */
  private void harmonicShare(Hpss.Masks parts, Track track) {
    percussive.shape(1, frames);
    parts.energies(frames, spectra, this::powerOf, track.values, percussive.values);
    for (int t = 0; t < frames; t++) {
      double h = track.values[t];
      double sum = h + percussive.values[t];
      track.values[t] = sum > 0 ? h / sum : 0.5;
    }
  }

  private void cosineTransform(double[][] rows, Track mfcc) {
    int stride = melDb.stride;
    for (int t = 0; t < stride; t += COUNT) {
      for (int c = 0; c < rows.length; c++) {
        double[] row = rows[c];
        DoubleVector sum = Lanes.zero();
        for (int m = 0; m < row.length; m++) {
          sum = Lanes.load(melDb.values, m * stride + t).fma(Lanes.all(row[m]), sum);
        }
        sum.intoArray(mfcc.values, c * stride + t);
      }
    }
  }
}
