package fieldnotes.feature;

import tools.jackson.databind.JsonNode;

/** Our options from librosa's names and values, where a fixture has {@code options}. */
final class LibrosaOptions {
  private LibrosaOptions() {}

  private static JsonNode get(JsonNode wanted, String name) {
    JsonNode options = wanted.get("options");
    return options == null ? null : options.get(name);
  }

  private static boolean isNone(JsonNode wanted, String name) {
    JsonNode value = get(wanted, name);
    return value != null && value.isString() && value.asString().equals("none");
  }

  static double number(JsonNode wanted, String name, double usual) {
    JsonNode value = get(wanted, name);
    if (value == null) {
      return usual;
    }
    return value.isString() ? Double.POSITIVE_INFINITY : value.asDouble();
  }

  private static int whole(JsonNode wanted, String name, int usual) {
    return (int) number(wanted, name, usual);
  }

  private static boolean yes(JsonNode wanted, String name, boolean usual) {
    JsonNode value = get(wanted, name);
    return value == null ? usual : value.asBoolean();
  }

  private static double[] two(JsonNode wanted, String name, double usual) {
    JsonNode value = get(wanted, name);
    return value == null
        ? new double[] {usual, usual}
        : new double[] {value.get(0).asDouble(), value.get(1).asDouble()};
  }

  private static Aggregate aggregate(JsonNode wanted) {
    return get(wanted, "aggregate") == null ? Aggregate.MEAN : Aggregate.MEDIAN;
  }

  static ContrastOptions contrast(JsonNode w) {
    return ContrastOptions.of()
        .withLowestHz(number(w, "fmin", 200))
        .withBands(whole(w, "n_bands", 6))
        .withQuantile(number(w, "quantile", 0.02))
        .withLinear(yes(w, "linear", false));
  }

  static ChromaOptions chroma(JsonNode w) {
    ChromaOptions.Norm norm = ChromaOptions.Norm.MAXIMUM;
    if (isNone(w, "norm")) {
      norm = ChromaOptions.Norm.NONE;
    } else if (get(w, "norm") != null) {
      norm = whole(w, "norm", 0) == 1 ? ChromaOptions.Norm.SUM : ChromaOptions.Norm.EUCLIDEAN;
    }
    return ChromaOptions.of()
        .withClasses(whole(w, "n_chroma", 12))
        .withTuning(number(w, "tuning", Double.NaN))
        .withNorm(norm)
        .withOctaves(number(w, "ctroct", 5), number(w, "octwidth", 2))
        .withFromC(yes(w, "base_c", true));
  }

  static MfccOptions mfcc(JsonNode w) {
    return MfccOptions.of(whole(w, "n_mfcc", 13))
        .withLifter(number(w, "lifter", 0))
        .withDctType(whole(w, "dct_type", 2))
        .withOrthonormal(!isNone(w, "norm"))
        .withDeltaWidth(whole(w, "width", 9));
  }

  static FrameOptions mel(JsonNode w, FrameOptions o) {
    if (w.get("options") == null) {
      return o;
    }
    return o.withMel(
        MelOptions.of(whole(w, "n_mels", 128))
            .withRange(number(w, "fmin", 0), number(w, "fmax", Double.POSITIVE_INFINITY))
            .withScale(yes(w, "htk", false) ? MelOptions.Scale.HTK : MelOptions.Scale.SLANEY)
            .withExponent(number(w, "power", 2)));
  }

  static BandwidthOptions bandwidth(JsonNode w) {
    return BandwidthOptions.of()
        .withExponent(number(w, "p", 2))
        .withNormalised(yes(w, "norm", true));
  }

  static FlatnessOptions flatness(JsonNode w) {
    return FlatnessOptions.of()
        .withLeast(number(w, "amin", 1e-10))
        .withExponent(number(w, "power", 2));
  }

  static OnsetOptions onset(JsonNode w) {
    return OnsetOptions.of()
        .withLag(whole(w, "lag", 1))
        .withMaximumWidth(whole(w, "max_size", 1))
        .withAggregate(aggregate(w))
        .withDetrended(yes(w, "detrend", false));
  }

  static TempoOptions tempo(JsonNode w) {
    return TempoOptions.of()
        .withPrior(number(w, "start_bpm", 120), number(w, "std_bpm", 1))
        .withHighestBpm(number(w, "max_tempo", 320))
        .withWindowSeconds(number(w, "ac_size", 8))
        .withAggregate(aggregate(w));
  }

  static HpssOptions hpss(JsonNode w) {
    double[] medians = two(w, "kernel_size", 31);
    double[] margins = two(w, "margin", 1);
    return HpssOptions.of()
        .withMedians((int) medians[0], (int) medians[1])
        .withMargins(margins[0], margins[1])
        .withExponent(number(w, "power", 2));
  }

  static YinOptions yin(JsonNode w) {
    JsonNode named = w.get("options") == null ? w.get("params") : w.get("options");
    return YinOptions.of(named.get("fmin").asDouble(), named.get("fmax").asDouble())
        .withTrough(number(w, "trough_threshold", 0.1));
  }
}
