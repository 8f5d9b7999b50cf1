package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.Clip;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be worked out by hand, extreme samples, and what a wrong call is told. */
class FeaturesTest {
  private static final int RATE = 22_050;
  private static final FrameOptions FRAMES = FrameOptions.of();

  private static Clip clip(int length, DoubleUnaryOperator of) {
    float[] y = new float[length];
    for (int i = 0; i < length; i++) {
      y[i] = (float) of.applyAsDouble(i);
    }
    return Clip.of("clip", y, RATE);
  }

  private static Clip tone(double hz, int length) {
    return clip(length, i -> 0.5 * Math.sin(2 * Math.PI * hz * i / RATE));
  }

  private static Clip noise(int length, double scale) {
    return Clip.of("noise", scaled(Fixtures.signal("lcgnoise", RATE, length), scale), RATE);
  }

  private static float[] scaled(float[] y, double scale) {
    float[] out = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      out[i] = (float) (y[i] * scale);
    }
    return out;
  }

  @Test
  @DisplayName("silence has the numbers that librosa gives")
  void silence() {
    Clip clip = clip(RATE, i -> 0);
    assertThat(Features.centroidHz(clip, FRAMES)).containsOnly(0);
    assertThat(Features.bandwidthHz(clip, FRAMES)).containsOnly(0);
    assertThat(Features.rolloffHz(clip, 0.85, FRAMES)).containsOnly(0);
    assertThat(Features.flatness(clip, FRAMES)[0]).isCloseTo(1, within(1e-12));
    assertThat(Features.rms(clip, FRAMES)).containsOnly(0);
    assertThat(Features.zeroCrossingRate(clip, FRAMES)).containsOnly(0);
    assertThat(Features.onsetStrength(clip, FRAMES)).containsOnly(0);
    assertThat(Features.contrastDb(clip, FRAMES)[1]).containsOnly(0);
    assertThat(Features.chroma(clip, FRAMES)[1]).containsOnly(0);
    assertThat(MelSpectrogram.of(clip).decibels()[1]).containsOnly(-100);
    double[] mfcc = Features.mfcc(clip, 13)[1];
    assertThat(mfcc[0]).isCloseTo(-100 * Math.sqrt(128), within(1e-9));
    assertThat(Arrays.copyOfRange(mfcc, 1, 13)).containsExactly(new double[12], within(1e-9));
    assertThat(Features.tuningSemitones(clip, FRAMES)).isZero();
    assertThat(Features.tempoBpm(clip, FRAMES)).isCloseTo(117.453835, within(1e-6));
    assertThat(Features.f0Hz(clip, 65, 2093, FRAMES)).containsOnly(RATE / 10.0);
    // Where librosa has nothing to say, ours are documented.
    assertThat(Features.harmonicShare(clip, FRAMES)).containsOnly(0.5);
    assertThat(Features.hnrDb(clip, false)).isNotEmpty().containsOnly(Double.NaN);
    double[] hnr = FeatureExtractor.of(FeatureSet.of("hnr", Measure.hnr())).summary(clip);
    assertThat(hnr).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-38, 1e-20, 1e10, 1e30, 3e38})
  @DisplayName("samples far from full scale give finite numbers")
  void scales(double scale) {
    double[] row = FeatureExtractor.of(FeatureSet.EVERYTHING).summary(noise(RATE, scale));
    assertThat(row).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    if (scale > 1) {
      double usual = Features.flatness(noise(RATE, 1), FRAMES)[9];
      assertThat(Features.flatness(noise(RATE, scale), FRAMES)[9]).isCloseTo(usual, within(1e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 511, 512, 4095})
  @DisplayName("short clips have all but the derivatives, which need nine frames")
  void shortClips(int length) {
    FeatureExtractor extractor = FeatureExtractor.of(FeatureSet.EVERYTHING);
    double[] row = extractor.summary(noise(length, 1));
    List<String> columns = extractor.columns();
    for (int c = 0; c < row.length; c++) {
      assertThat(Double.isFinite(row[c]))
          .as("%s of %d samples", columns.get(c), length)
          .isEqualTo(!columns.get(c).contains("delta"));
    }
  }

  @Test
  @DisplayName("a sample that is not a number is named with its place")
  void notFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Clip clip = clip(4096, i -> i == 77 ? bad : 0.1);
      assertThatThrownBy(() -> Features.rms(clip, FRAMES))
          .hasMessage("sample 77 of clip is %s: samples must be finite numbers", bad);
      assertThatThrownBy(() -> Hpss.separate(clip)).hasMessageContaining("sample 77");
    }
  }

  @Test
  @DisplayName(
      "where the rate is too low for contrast it is said what to choose; a set leaves it empty")
  void contrastAtLowRates() {
    Clip clip = Clip.of("call", noise(8000, 1).samples(), 8000);
    assertThatThrownBy(() -> Features.contrastDb(clip, FRAMES))
        .hasMessageContaining("call has a rate of 8000 Hz")
        .hasMessageContaining("octave 6 of the contrast begins at 6400.0 Hz")
        .hasMessageContaining("withBands(5)");
    double[][] five = Features.contrast(clip, ContrastOptions.of().withBands(5), FRAMES);
    double[][] inSet = Features.frames(clip, FeatureSet.of("c", Measure.contrast()), FRAMES);
    assertThat(five[3]).hasSize(6).doesNotContain(Double.NaN);
    assertThat(Arrays.copyOf(inSet[3], 6)).containsExactly(five[3]);
    assertThat(inSet[3][6]).isNaN();
  }

  @Test
  @DisplayName("columns say what the options make of a measure")
  void columns() {
    assertThat(Measure.chroma(ChromaOptions.of().withFromC(false)).columns())
        .startsWith("chroma_a", "chroma_as", "chroma_b", "chroma_c")
        .hasSize(12);
    assertThat(Measure.chroma(ChromaOptions.of().withClasses(24)).columns())
        .startsWith("chroma_01")
        .endsWith("chroma_24");
    assertThat(Measure.contrast(ContrastOptions.of().withBands(3)).columns())
        .containsExactly("contrast_1", "contrast_2", "contrast_3", "contrast_4");
    assertThat(Measure.bandwidth(BandwidthOptions.of().withNormalised(false)).columns())
        .containsExactly("bandwidth");
    assertThat(Measure.rolloff(0.5).columns()).containsExactly("rolloff50_hz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG", "tr-TR"})
  @DisplayName("columns have the same names wherever in the world")
  void columnsAnywhere(String locale) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(Measure.rolloff(0.85).columns()).containsExactly("rolloff85_hz");
      assertThat(Measure.rolloff(0.995).columns()).containsExactly("rolloff99p5_hz");
      assertThat(Measure.mfcc(2).columns()).containsExactly("mfcc_01", "mfcc_02");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  @DisplayName("a set with options of its own has the numbers of the single verbs")
  void optionsInSets() {
    Clip clip = noise(RATE, 1);
    HpssOptions parts = HpssOptions.of().withMedians(9, 15).withMargins(2, 1);
    TempoOptions tempo = TempoOptions.of().withPrior(90, 0.5);
    MfccOptions lifted = MfccOptions.of(5).withLifter(22);
    FeatureSet set =
        FeatureSet.of(
            "mine",
            Measure.mfcc(13),
            Measure.mfccDelta(lifted),
            Measure.harmonicShare(parts),
            Measure.tempo(tempo),
            Measure.onsetStrength(OnsetOptions.of().withAggregate(Aggregate.MEDIAN)));
    double[][] all = Features.frames(clip, set, FRAMES);
    assertThat(Arrays.copyOf(all[7], 13)).containsExactly(Features.mfcc(clip, 13)[7]);
    assertThat(Arrays.copyOfRange(all[7], 13, 18))
        .containsExactly(Features.mfccDelta(clip, lifted, FRAMES)[7]);
    assertThat(all[7][18]).isEqualTo(Features.harmonicShare(clip, parts, FRAMES)[7]);
    assertThat(all[7][19]).isEqualTo(Features.tempoBpm(clip, tempo, FRAMES));
    double[][] energy = Hpss.energies(clip, parts, FRAMES);
    assertThat(all[7][18]).isCloseTo(energy[7][0] / (energy[7][0] + energy[7][1]), within(1e-12));
  }

  @Test
  @DisplayName("a margin leaves a rest that is neither harmonic nor percussive")
  void margins() {
    Clip clip = noise(RATE, 1);
    double whole = energy(Hpss.separate(clip));
    double parted = energy(Hpss.separate(clip, HpssOptions.of().withMargins(3, 3), FRAMES));
    assertThat(parted).isLessThan(0.5 * whole);
  }

  private static double energy(Hpss.Parts parts) {
    double sum = 0;
    for (int i = 0; i < parts.harmonic().length(); i++) {
      double x = (double) parts.harmonic().samples()[i] + parts.percussive().samples()[i];
      sum += x * x;
    }
    return sum;
  }

  @Test
  @DisplayName("a tone of 440 Hz is an A by twelve classes, and by twenty-four")
  void chromaOfATone() {
    Clip clip = tone(440, RATE);
    double[] twelve = Features.chroma(clip, 0, FRAMES)[20];
    assertThat(twelve[9]).isEqualTo(1);
    ChromaOptions quarter = ChromaOptions.of().withClasses(24).withTuning(0);
    double[] twentyFour = Features.chroma(clip, quarter, FRAMES)[20];
    assertThat(twentyFour[18]).isEqualTo(1);
    double[] shares = Features.chroma(clip, quarter.withNorm(ChromaOptions.Norm.SUM), FRAMES)[20];
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  @DisplayName("wrong options say what is allowed")
  void wrongOptions() {
    assertThatThrownBy(() -> ContrastOptions.of().withQuantile(1))
        .hasMessage("quantile=1.0: must lie between 0 and 1");
    assertThatThrownBy(() -> ChromaOptions.of().withClasses(0))
        .hasMessage("classes=0: must lie within 1 and 1200");
    assertThatThrownBy(() -> MfccOptions.of(13).withDctType(4))
        .hasMessage("dctType=4: must be 1, 2 or 3");
    assertThatThrownBy(() -> MfccOptions.of(13).withDeltaWidth(4))
        .hasMessage("deltaWidth=4: must be odd and at least 3");
    assertThatThrownBy(() -> HpssOptions.of().withMargins(0.5, 1))
        .hasMessageContaining("harmonicMargin=0.5: must be at least 1");
    assertThatThrownBy(() -> TempoOptions.of().withPrior(0, 1)).hasMessageContaining("startBpm=0");
    assertThatThrownBy(() -> OnsetOptions.of().withLag(0)).hasMessageContaining("lag");
    assertThatThrownBy(() -> YinOptions.of(200, 100))
        .hasMessage("highestHz=100.0: must be above lowestHz=200.0");
    assertThatThrownBy(() -> new Measure(Measure.Kind.CONTRAST, 7, ChromaOptions.of()))
        .hasMessageContaining("its options are ContrastOptions");
    assertThatThrownBy(() -> Features.mfcc(tone(440, RATE), 13, FRAMES.withWindow("hat")))
        .hasMessageContaining("window=hat: must be one of hann");
    for (String none : List.of("gaussian:0", "kaiser:1e6", "taylor:4,-5", "exponential:0")) {
      assertThatThrownBy(() -> Features.mfcc(tone(440, RATE), 13, FRAMES.withWindow(none)))
          .as(none)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "window=%s: of 2048 samples it has weights that are not finite; choose other"
                  + " numbers after the colon",
              none);
    }
    assertThatThrownBy(() -> FRAMES.withWindow("chebwin"))
        .hasMessageContaining("it needs its attenuation in dB");
    assertThatThrownBy(() -> Features.mfccDelta(tone(440, 4095), 13, FRAMES))
        .hasMessageContaining("clip has 8 frames: deltas are fitted to 9");
  }

  @Test
  @DisplayName("the median of a tempogram does not depend on how many lags are looked at at a time")
  void tempogramInBlocks() {
    double[] onset = new double[100];
    for (int t = 0; t < onset.length; t++) {
      onset[t] = t % 20 == 0 ? 1 + 0.01 * t : Math.abs(Math.sin(t));
    }
    TempoOptions median = TempoOptions.of().withAggregate(Aggregate.MEDIAN);
    double[] whole = new Rhythm(22_050, 512, median).tempogram(onset, onset.length);
    for (int lags : new int[] {0, 1, 7, 343}) {
      assertThat(new Rhythm(22_050, 512, median).tempogram(onset, 100, lags * 100))
          .as("%d lags at a time", lags)
          .containsExactly(whole);
    }
    assertThat(new Rhythm(22_050, 512, TempoOptions.of()).tempogram(onset, 100))
        .isNotEqualTo(whole);
  }

  @Test
  @DisplayName("the strongest of more bands than there are is the strongest of all")
  void widerThanAllBands() {
    Clip clip = noise(RATE, 2);
    assertThatThrownBy(() -> OnsetOptions.of().withLag(Integer.MAX_VALUE))
        .hasMessageContaining("lag=")
        .hasMessageContaining("within");
    double[][] all = new double[2][];
    for (int i = 0; i < 2; i++) {
      OnsetOptions how = OnsetOptions.of().withMaximumWidth(i == 0 ? 256 : Integer.MAX_VALUE);
      all[i] = Features.onsetStrength(clip, how, FrameOptions.of());
    }
    assertThat(all[0]).containsExactly(all[1]);
    assertThat(Arrays.stream(all[0]).max().orElse(0)).isPositive();
  }
}
