package fieldnotes.feature;

import static fieldnotes.feature.Lanes.COUNT;

import fieldnotes.feature.Measure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Measures one clip after another by a {@link FramePlan}. It transforms each frame once and feeds
 * all measures from that; its arrays are kept from clip to clip. One engine belongs to one thread.
 *
 * <p>Values over time are kept band after band: value c of frame t stands at {@code c·stride + t}.
 */
final class FrameEngine {
  /** The spectra of a clip are kept up to this many doubles, and beyond worked out twice. */
  private static final int KEPT_SPECTRA = 4 << 20;

  /**
   * Works on the power spectra of one block, which begin at {@code base}, for the frames from t on.
   * The steps are called through this interface so that each is compiled on its own: in one method
   * with the others the compiler would run out of room, and then keep vectors on the heap.
   */
  @FunctionalInterface
  private interface BlockStep {
    void run(double[] power, int base, int t);
  }

  /** The values of one measure over the frames of a clip. */
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
  private final Track mfcc = new Track();
  private final Track onset = new Track();
  private final Track centroid = new Track();
  private final Track peak = new Track();
  private final Track valley = new Track();
  private final Track percussive = new Track();

  private final double[] work;
  private final FrameLoader loader;
  private final double[] magnitude;
  private final double[] magnitudeSum = new double[COUNT];
  private double[] spectra = {};
  private boolean spectraKept;
  private final double[] sorted;
  private final double[] logarithms = new double[COUNT];
  private final double[] products = new double[COUNT];

  private float[] y;
  private int offset;
  private int length;

  /** The same with what lies beyond its ends, where that is not silence. */
  private float[] seen;

  private int seenOffset;
  private int seenLength;
  private int frames;

  private double[] candidateMagnitude = new double[1024];
  private double[] candidateResidual = new double[1024];
  private double[] candidateCopy = {};
  private int candidates;
  private int tuningBin;
  private boolean tuned;
  private double[] fixedChroma;

  /** What is worked out of the spectra of one block of frames, in this order. */
  private final List<BlockStep> blockSteps = new ArrayList<>();

  private final Harmonicity harmonicity;
  private final Yin yin;
  private final Rhythm rhythm;
  private final Hpss.Masks masks;

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
    int most = Arrays.stream(plan.contrastCount).max().orElse(0);
    sorted = new double[2 * Math.max(1, most) * COUNT];
    Measure f0 = first(Kind.F0);
    yin =
        f0 != null && Yin.fits(plan.sampleRateHz, options.fftSize(), f0.first(), f0.second())
            ? new Yin(plan.sampleRateHz, options, f0.first(), f0.second(), Yin.TROUGH)
            : null;
    harmonicity =
        plan.has(Kind.HNR) && Harmonicity.fits(plan.sampleRateHz)
            ? new Harmonicity(plan.sampleRateHz, 1)
            : null;
    blockSteps();
    rhythm = plan.has(Kind.TEMPO) ? new Rhythm(plan.sampleRateHz, options.hop()) : null;
    masks = plan.has(Kind.HARMONIC_SHARE) ? new Hpss.Masks(options.bins()) : null;
  }

  private Measure first(Kind kind) {
    return plan.measures.stream().filter(m -> m.kind() == kind).findFirst().orElse(null);
  }

  /** The number of frames of the clip last measured. */
  int frames() {
    return frames;
  }

  /** The values of the measure at this place of the plan, until the next clip is measured. */
  Track track(int measure) {
    return tracks[measure];
  }

  /** The tuning of the clip last measured, in semitones. */
  double tuning() {
    return tuned ? plan.tuningEdges[tuningBin] : 0;
  }

  /** From now on chroma takes these weights in place of those of the estimated tuning. */
  void tuneTo(double[] weights) {
    fixedChroma = weights;
  }

  /** All measures of the clip last measured, shape [frames][columns]. */
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

  /** Measures a clip: samples {@code from} … {@code from + n − 1}, which must be finite. */
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
    }
    if (plan.needsMel) {
      mel.shape(plan.options.melBands(), frames);
    }
    if (plan.needsCentroid) {
      centroid.shape(1, frames);
    }
    if (plan.has(Kind.CONTRAST)) {
      peak.shape(FramePlan.CONTRAST_BANDS, frames);
      valley.shape(FramePlan.CONTRAST_BANDS, frames);
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
    if (plan.needsMel && plan.options.mel().exponent() == 1) {
      blockSteps.add((power, base, t) -> melBands(magnitude, 0, t));
    }
    if (plan.needsCentroid) {
      blockSteps.add(this::centroids);
    }
    for (int i = 0; i < tracks.length; i++) {
      Track track = tracks[i];
      double share = plan.measures.get(i).first();
      switch (plan.measures.get(i).kind()) {
        case BANDWIDTH -> blockSteps.add((power, base, t) -> bandwidth(track.values, t));
        case ROLLOFF -> blockSteps.add((power, base, t) -> rolloff(share, track.values, t));
        case FLATNESS -> blockSteps.add((power, base, t) -> flatness(power, base, track.values, t));
        case CONTRAST -> blockSteps.add((power, base, t) -> contrast(t));
        default -> {}
      }
    }
  }

  /** The power spectra of the frames of block b, unless they are kept; returns where they begin. */
  private int powerOf(int b) {
    int size = plan.options.bins() * COUNT;
    if (spectraKept) {
      return b * size;
    }
    transform(b, spectra, 0);
    return 0;
  }

  /** Frames b·COUNT … of the clip: windowed, transformed, squared. */
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

  /** The magnitudes of the block's bins, and their sum, which is {@link #magnitudeSum}. */
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

  private void centroids(double[] power, int base, int t) {
    double[] hz = plan.frequencyHz;
    DoubleVector weighted = Lanes.zero();
    for (int k = 0; k < hz.length; k++) {
      weighted = Lanes.load(magnitude, k * COUNT).fma(Lanes.all(hz[k]), weighted);
    }
    weighted.div(divisor()).intoArray(centroid.values, t);
  }

  /** The sum of magnitudes, or 1 in silence. */
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

  private void flatness(double[] power, int base, double[] out, int t) {
    int bins = plan.frequencyHz.length;
    DoubleVector least = Lanes.all(1e-10);
    DoubleVector sum = Lanes.zero();
    for (int lane = 0; lane < COUNT; lane++) {
      logarithms[lane] = 0;
    }
    // The logarithm of a product of eight is the sum of their eight logarithms.
    for (int k = 0; k < bins; ) {
      DoubleVector product = Lanes.all(1);
      for (int end = Math.min(bins, k + 8); k < end; k++) {
        DoubleVector p = Lanes.larger(least, Lanes.load(power, base + k * COUNT));
        sum = sum.add(p);
        product = product.mul(p);
      }
      product.intoArray(products, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        logarithms[lane] += Math.log(products[lane]);
      }
    }
    for (int lane = 0; lane < COUNT; lane++) {
      out[t + lane] = Math.exp(logarithms[lane] / bins) / (sum.lane(lane) / bins);
    }
  }

  /** Means of the weakest and the strongest bins of each band. */
  private void contrast(int t) {
    for (int b = 0; b < FramePlan.CONTRAST_BANDS; b++) {
      int q = plan.contrastCount[b];
      int out = b * peak.stride + t;
      if (q == 0) {
        Lanes.all(Double.NaN).intoArray(peak.values, out);
        Lanes.all(Double.NaN).intoArray(valley.values, out);
      } else if (q == 1) {
        int at = plan.contrastFrom[b] * COUNT;
        DoubleVector low = Lanes.load(magnitude, at);
        DoubleVector high = low;
        for (int k = plan.contrastFrom[b] + 1; k < plan.contrastTo[b]; k++) {
          DoubleVector v = Lanes.load(magnitude, k * COUNT);
          low = Lanes.smaller(low, v);
          high = Lanes.larger(high, v);
        }
        high.intoArray(peak.values, out);
        low.intoArray(valley.values, out);
      } else {
        extremes(plan.contrastFrom[b], plan.contrastTo[b], q);
        DoubleVector low = Lanes.zero();
        DoubleVector high = Lanes.zero();
        for (int j = 0; j < q; j++) {
          low = low.add(Lanes.load(sorted, (q - 1 - j) * COUNT));
          high = high.add(Lanes.load(sorted, (q + j) * COUNT));
        }
        high.div(q).intoArray(peak.values, out);
        low.div(q).intoArray(valley.values, out);
      }
    }
  }

  /**
   * The q smallest magnitudes of these bins, falling, in rows 0…q−1 of {@link #sorted}, and the q
   * largest, rising, behind them.
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

  /** From the top down, as most spectra fall and the smallest are then found first. */
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

  /** Peaks of the power spectrum between 150 and 4000 Hz, with the pitch that each suggests. */
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
      candidateResidual = Arrays.copyOf(candidateResidual, 2 * candidates);
    }
    candidateMagnitude[candidates] = here + 0.5 * b * shift;
    candidateResidual[candidates++] = hz;
  }

  private void estimateTuning() {
    tuned = candidates > 0;
    tuningBin = plan.tuningEdges.length / 2;
    if (!tuned) {
      return;
    }
    if (candidateCopy.length < candidates) {
      candidateCopy = new double[candidateMagnitude.length];
    }
    System.arraycopy(candidateMagnitude, 0, candidateCopy, 0, candidates);
    double median = Select.median(candidateCopy, candidates);
    int[] count = new int[plan.tuningEdges.length - 1];
    for (int i = 0; i < candidates; i++) {
      if (candidateMagnitude[i] >= median) {
        double semitones = 12 * (Math.log(candidateResidual[i] / 27.5) / Math.log(2));
        double residual = semitones - Math.floor(semitones);
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
    tuningBin = 0;
    for (int bin = 1; bin < count.length; bin++) {
      if (count[bin] > count[tuningBin]) {
        tuningBin = bin;
      }
    }
  }

  private void chroma(Track out, double[] weights) {
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

  /** What needs the whole clip: maxima, tunings, neighbours in time. */
  private void finish() {
    if (plan.needsTuning) {
      estimateTuning();
    }
    if (plan.needsMelDb) {
      melDb.shape(mel.count, frames);
      Decibels.ofPower(mel, melDb);
    }
    if (plan.dct.length > 0) {
      mfcc.shape(plan.dct.length, frames);
      cosineTransform();
    }
    if (plan.has(Kind.ONSET_STRENGTH) || plan.has(Kind.TEMPO)) {
      onset.shape(1, frames);
      Rhythm.onsetStrength(melDb, plan.options, onset.values);
    }
    for (int i = 0; i < tracks.length; i++) {
      Measure m = plan.measures.get(i);
      Track track = tracks[i];
      switch (m.kind()) {
        case MFCC -> System.arraycopy(mfcc.values, 0, track.values, 0, m.count() * mfcc.stride);
        case MFCC_DELTA -> Delta.of(mfcc, track, 1);
        case MFCC_DELTA2 -> Delta.of(mfcc, track, 2);
        case ZCR ->
            Waveform.zeroCrossingRate(y, offset, length, plan.options, frames, track.values);
        case RMS -> Waveform.rms(seen, seenOffset, seenLength, plan.options, frames, track.values);
        case CENTROID -> System.arraycopy(centroid.values, 0, track.values, 0, centroid.stride);
        case CONTRAST -> Decibels.contrast(peak, valley, track);
        case CHROMA ->
            chroma(track, fixedChroma != null ? fixedChroma : plan.chromaWeights(tuningBin));
        case MEL -> System.arraycopy(mel.values, 0, track.values, 0, m.count() * mel.stride);
        case MEL_DB -> System.arraycopy(melDb.values, 0, track.values, 0, m.count() * mel.stride);
        case ONSET_STRENGTH -> System.arraycopy(onset.values, 0, track.values, 0, onset.stride);
        case HARMONIC_SHARE -> harmonicShare(track);
        case F0 -> {
          if (yin == null) {
            track.allNaN();
          } else {
            yin.run(seen, seenOffset, seenLength, frames, track.values);
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
            track.values[0] = tuning();
          }
        }
        case TEMPO -> {
          if (frames > 0) {
            track.values[0] = rhythm.tempoBpm(onset.values, frames);
          }
        }
        case BANDWIDTH, ROLLOFF, FLATNESS -> {}
      }
    }
  }

  /** The harmonic part of the energy of both parts; one half where there is none at all. */
  private void harmonicShare(Track track) {
    percussive.shape(1, frames);
    masks.energies(frames, spectra, this::powerOf, track.values, percussive.values);
    for (int t = 0; t < frames; t++) {
      double h = track.values[t];
      double sum = h + percussive.values[t];
      track.values[t] = sum > 0 ? h / sum : 0.5;
    }
  }

  private void cosineTransform() {
    int stride = melDb.stride;
    for (int t = 0; t < stride; t += COUNT) {
      for (int c = 0; c < plan.dct.length; c++) {
        double[] row = plan.dct[c];
        DoubleVector sum = Lanes.zero();
        for (int m = 0; m < row.length; m++) {
          sum = Lanes.load(melDb.values, m * stride + t).fma(Lanes.all(row[m]), sum);
        }
        sum.intoArray(mfcc.values, c * stride + t);
      }
    }
  }
}
