package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fieldnotes.audio.Clip;
import fieldnotes.feature.Fixtures.Fixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every feature against librosa 0.11 in double precision, on synthetic signals and real clips. A
 * tolerance is a share of the feature's largest absolute value in the file.
 */
class LibrosaTest {
  /**
   * Features whose values hang on the rounding of silence are compared to this, whatever their
   * scale.
   */
  private static final double LEAST = 1e-9;

  private record Tolerance(double ofScale, double least) {}

  private static final Map<String, Tolerance> TOLERANCE =
      Map.ofEntries(
          Map.entry("stft_mag", new Tolerance(1e-7, LEAST)),
          Map.entry("stft_complex", new Tolerance(1e-7, LEAST)),
          Map.entry("mel_power", new Tolerance(1e-7, LEAST)),
          Map.entry("rms_y", new Tolerance(1e-7, LEAST)),
          Map.entry("rms_S", new Tolerance(1e-7, LEAST)),
          Map.entry("chroma", new Tolerance(1e-7, LEAST)),
          Map.entry("mfcc", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc_delta", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc_delta2", new Tolerance(1e-7, 1e-6)),
          Map.entry("chroma_tuning0", new Tolerance(1e-7, LEAST)),
          Map.entry("chroma_esttuning", new Tolerance(1e-7, LEAST)),
          Map.entry("hpss_energy", new Tolerance(1e-7, LEAST)),
          Map.entry("mel_db", new Tolerance(1e-7, 1e-6)),
          Map.entry("mel_db_refmax", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc13", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc20", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc13_delta", new Tolerance(1e-7, 1e-6)),
          Map.entry("mfcc13_delta2", new Tolerance(1e-7, 1e-6)),
          Map.entry("onset_strength", new Tolerance(1e-7, 1e-6)),
          Map.entry("zcr", new Tolerance(1e-9, 1e-9)),
          Map.entry("spectral_centroid", new Tolerance(1e-6, LEAST)),
          Map.entry("spectral_bandwidth", new Tolerance(1e-6, LEAST)),
          Map.entry("spectral_rolloff", new Tolerance(6e-9, 1e-6)),
          Map.entry("spectral_flatness", new Tolerance(1e-6, LEAST)),
          Map.entry("spectral_contrast", new Tolerance(1e-6, 3e-5)),
          Map.entry("yin_f0", new Tolerance(1e-6, LEAST)),
          Map.entry("hnr", new Tolerance(0, 1e-6)),
          Map.entry("hnr_up4", new Tolerance(0, 1e-6)));

  @TestFactory
  Stream<DynamicTest> everyFeatureOfTheCompactFixtures() throws IOException {
    return tests(Fixtures.own());
  }

  @TestFactory
  Stream<DynamicTest> everyWindowOfSciPy() throws IOException {
    List<DynamicTest> out = new ArrayList<>();
    for (JsonNode one : Fixtures.windows()) {
      String name = one.get("name").asString();
      int length = one.get("length").asInt();
      out.add(
          dynamicTest(
              name + " " + length,
              () -> {
                double[] w = Window.of(name, length);
                assertThat(w).hasSize(length);
                for (int i = 0; i < one.get("index").size(); i++) {
                  int at = one.get("index").get(i).asInt();
                  assertThat(w[at])
                      .as("weight %d", at)
                      .isCloseTo(one.get("weights").get(i).asDouble(), within(1e-11));
                }
              }));
    }
    return out.stream();
  }

  static Stream<DynamicTest> tests(List<Fixture> fixtures) {
    List<DynamicTest> out = new ArrayList<>();
    for (Fixture fixture : fixtures) {
      for (String feature : fixture.features().propertyNames()) {
        JsonNode wanted = fixture.features().get(feature);
        out.add(dynamicTest(fixture + " " + feature, () -> check(fixture, feature, wanted)));
      }
    }
    return out.stream();
  }

  private static void check(Fixture fixture, String key, JsonNode wanted) {
    String feature = key.replaceFirst("#.*", "");
    if (wanted.has("value")) {
      scalar(fixture, feature, wanted);
    } else if (wanted.has("index")) {
      samples(fixture, feature, wanted);
    } else {
      frames(fixture, feature, wanted);
    }
  }

  private static void scalar(Fixture f, String feature, JsonNode wanted) {
    if (wanted.has("stable") && !wanted.get("stable").asBoolean()) {
      return;
    }
    if (wanted.get("value").isNull() || feature.equals("tuning_y")) {
      return;
    }
    double value = wanted.get("value").asDouble();
    Clip clip = f.clip();
    switch (feature) {
      case "tuning_chroma" ->
          assertThat(Features.tuningSemitones(clip, f.options())).isCloseTo(value, within(1e-4));
      case "tempo" ->
          assertThat(Features.tempoBpm(clip, LibrosaOptions.tempo(wanted), f.options()))
              .isCloseTo(value, within(1e-6 * value));
      case "hpss_ratio" -> {
        double[][] energy = Hpss.energies(clip, HpssOptions.of(), f.options());
        double h = 0;
        double p = 0;
        for (double[] frame : energy) {
          h += frame[0];
          p += frame[1];
        }
        assertThat(h / p).isCloseTo(value, within(1e-6 * Math.max(1e-3, value)));
      }
      case "hpss_time_ratio" -> {
        Hpss.Parts parts = Hpss.separate(clip, f.options());
        double ratio = energy(parts.harmonic()) / energy(parts.percussive());
        assertThat(ratio).isCloseTo(value, within(1e-6 * Math.max(1e-3, value)));
      }
      case "hnr_mean_voiced", "hnr_up4_mean_voiced" -> {
        double[] db = Features.hnrDb(clip, feature.contains("up4"));
        double sum = 0;
        int voiced = 0;
        for (double one : db) {
          if (!Double.isNaN(one)) {
            sum += one;
            voiced++;
          }
        }
        assertThat(voiced).isEqualTo(wanted.get("voiced_frames").asInt());
        assertThat(sum / voiced).isCloseTo(value, within(value < 40 ? 1e-6 : 1e-3));
      }
      default -> throw new IllegalArgumentException("no such scalar: " + feature);
    }
  }

  private static void samples(Fixture f, String feature, JsonNode wanted) {
    JsonNode index = wanted.get("index");
    JsonNode values = wanted.get("values");
    if (feature.equals("tempogram_mean")) {
      double[] mean = Features.tempogram(f.clip(), f.options());
      for (int i = 0; i < index.size(); i++) {
        assertThat(mean[index.get(i).asInt()]).isCloseTo(values.get(i).asDouble(), within(1e-8));
      }
      return;
    }
    Hpss.Parts parts = Hpss.separate(f.clip(), f.options());
    for (int i = 0; i < index.size(); i++) {
      Clip part = i < index.size() / 2 ? parts.harmonic() : parts.percussive();
      // The parts are floats.
      assertThat((double) part.samples()[index.get(i).asInt()])
          .isCloseTo(values.get(i).asDouble(), within(6e-8));
    }
  }

  private static void frames(Fixture f, String feature, JsonNode wanted) {
    double[][] ours = ours(f, feature, wanted);
    assertThat(ours).as("frames").hasNumberOfRows(wanted.get("n_frames").asInt());
    int rows = wanted.get("n_rows").asInt();
    double scale = 0;
    for (int r = 0; r < rows; r++) {
      scale = Math.max(scale, Math.abs(wanted.get("max").get(r).asDouble()));
      scale = Math.max(scale, Math.abs(wanted.get("min").get(r).asDouble()));
    }
    Tolerance tolerance = TOLERANCE.get(feature);
    double allowed = Math.max(tolerance.least(), tolerance.ofScale() * scale);
    Set<Integer> unstable = new HashSet<>();
    JsonNode jitter = wanted.get("jitter");
    if (jitter != null && jitter.has("unstable_frames")) {
      jitter.get("unstable_frames").forEach(n -> unstable.add(n.asInt()));
    }
    for (String t : wanted.get("frames").propertyNames()) {
      if (!unstable.contains(Integer.parseInt(t))) {
        for (int r = 0; r < rows; r++) {
          double value = wanted.get("frames").get(t).get(r).asDouble();
          assertThat(ours[Integer.parseInt(t)][r])
              .as("frame %s row %d", t, r)
              .isCloseTo(value, within(widened(feature, value, allowed)));
        }
      }
    }
    if (wanted.has("all")) {
      for (int t = 0; t < ours.length; t++) {
        if (!unstable.contains(t)) {
          double value = wanted.get("all").get(t).asDouble();
          assertThat(ours[t][0]).as("frame %d", t).isCloseTo(value, within(allowed));
        }
      }
    }
    if (unstable.isEmpty() && ours.length > 0) {
      for (int r = 0; r < rows; r++) {
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] frame : ours) {
          sum += frame[r];
          min = Math.min(min, frame[r]);
          max = Math.max(max, frame[r]);
        }
        double mean = sum / ours.length;
        double squares = 0;
        for (double[] frame : ours) {
          squares += (frame[r] - mean) * (frame[r] - mean);
        }
        double std = Math.sqrt(squares / ours.length);
        double wide = widened(feature, wanted.get("max").get(r).asDouble(), allowed);
        assertThat(mean)
            .as("mean of row %d", r)
            .isCloseTo(wanted.get("mean").get(r).asDouble(), within(wide));
        assertThat(std)
            .as("std of row %d", r)
            .isCloseTo(wanted.get("std").get(r).asDouble(), within(wide));
        assertThat(min)
            .as("min of row %d", r)
            .isCloseTo(wanted.get("min").get(r).asDouble(), within(wide));
        assertThat(max)
            .as("max of row %d", r)
            .isCloseTo(wanted.get("max").get(r).asDouble(), within(wide));
      }
    }
  }

  /** The ratio of a pure tone's harmonics to its noise only measures the error of interpolation. */
  private static double widened(String feature, double value, double allowed) {
    return feature.startsWith("hnr") && value >= 40 ? 1e-3 : allowed;
  }

  private static double[][] ours(Fixture f, String feature, JsonNode wanted) {
    Clip clip = f.clip();
    FrameOptions o = f.options();
    return switch (feature) {
      case "stft_mag", "stft_complex" -> {
        Spectrogram s = Spectrogram.of(clip, o);
        int rows = wanted.get("n_rows").asInt();
        double[][] out = new double[s.frames()][rows];
        for (int t = 0; t < out.length; t++) {
          for (int r = 0; r < rows; r++) {
            String row = wanted.get("rows").get(r).asString();
            int bin = Integer.parseInt(row.replaceAll("\\D", ""));
            out[t][r] =
                row.startsWith("re")
                    ? s.real(t, bin)
                    : row.startsWith("im") ? s.imaginary(t, bin) : s.magnitude(t, bin);
          }
        }
        yield out;
      }
      case "mel_power" -> MelSpectrogram.of(clip, LibrosaOptions.mel(wanted, o)).power();
      case "mel_db" -> MelSpectrogram.of(clip, o).decibels();
      case "mel_db_refmax" -> {
        double[][] all = MelSpectrogram.of(clip, o).decibelsBelowMaximum();
        double[][] out = new double[all.length][wanted.get("n_rows").asInt()];
        for (int t = 0; t < all.length; t++) {
          for (int r = 0; r < out[t].length; r++) {
            String row = wanted.get("rows").get(r).asString();
            out[t][r] = all[t][Integer.parseInt(row.replaceAll("\\D", ""))];
          }
        }
        yield out;
      }
      case "mfcc" -> Features.mfcc(clip, LibrosaOptions.mfcc(wanted), o);
      case "mfcc_delta" -> Features.mfccDelta(clip, LibrosaOptions.mfcc(wanted), o);
      case "mfcc_delta2" -> Features.mfccDelta2(clip, LibrosaOptions.mfcc(wanted), o);
      case "mfcc13" -> Features.mfcc(clip, 13, o);
      case "mfcc20" -> Features.mfcc(clip, 20, o);
      case "mfcc13_delta" -> Features.mfccDelta(clip, 13, o);
      case "mfcc13_delta2" -> Features.mfccDelta2(clip, 13, o);
      case "zcr" -> column(Features.zeroCrossingRate(clip, o));
      case "rms_y" -> column(Features.rms(clip, o));
      case "rms_S" -> column(Spectrogram.of(clip, o).rms());
      case "spectral_centroid" -> column(Features.centroidHz(clip, o));
      case "spectral_bandwidth" ->
          column(Features.bandwidth(clip, LibrosaOptions.bandwidth(wanted), o));
      case "spectral_rolloff" ->
          column(Features.rolloffHz(clip, LibrosaOptions.number(wanted, "roll_percent", 0.85), o));
      case "spectral_flatness" ->
          column(Features.flatness(clip, LibrosaOptions.flatness(wanted), o));
      case "spectral_contrast" ->
          clip.sampleRateHz() > 12_800
              ? Features.contrast(clip, LibrosaOptions.contrast(wanted), o)
              : Features.frames(clip, FeatureSet.of("contrast", Measure.contrast()), o);
      case "chroma_tuning0" -> Features.chroma(clip, 0, o);
      case "chroma_esttuning" -> Features.chroma(clip, o);
      case "chroma" -> Features.chroma(clip, LibrosaOptions.chroma(wanted), o);
      case "onset_strength" ->
          column(Features.onsetStrength(clip, LibrosaOptions.onset(wanted), o));
      case "hpss_energy" -> Hpss.energies(clip, LibrosaOptions.hpss(wanted), o);
      case "yin_f0" -> column(Features.f0Hz(clip, LibrosaOptions.yin(wanted), o));
      case "hnr", "hnr_up4" -> {
        double[] db = Features.hnrDb(clip, feature.equals("hnr_up4"));
        double[][] like = Features.periodicity(clip, feature.equals("hnr_up4"));
        double[][] out = new double[db.length][];
        for (int t = 0; t < out.length; t++) {
          double shown = Double.isNaN(db[t]) ? Harmonicity.UNVOICED_DB : db[t];
          out[t] = new double[] {like[t][0], shown, like[t][1]};
        }
        yield out;
      }
      default -> throw new IllegalArgumentException("no such feature: " + feature);
    };
  }

  private static double energy(Clip clip) {
    double sum = 0;
    for (float x : clip.samples()) {
      sum += (double) x * x;
    }
    return sum;
  }

  private static double[][] column(double[] values) {
    double[][] out = new double[values.length][];
    for (int t = 0; t < values.length; t++) {
      out[t] = new double[] {values[t]};
    }
    return out;
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
