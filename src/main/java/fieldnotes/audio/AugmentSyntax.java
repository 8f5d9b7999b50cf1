package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads an {@link Augmentation} from text. */
final class AugmentSyntax {
  /** The key of the probability, which every step may have. */
  private static final String PROBABILITY = "p";

  /** What a step may be called, its keys, and how it is made from its values. */
  private record Kind(List<String> keys, Function<AugmentWords, Augment> make) {}

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    kind("shift", "seconds around", AugmentSyntax::shift);
    kind("gain", "db", w -> ranged(w, "db", -6, 6, Gain::new));
    kind("noise", "snr colour", AugmentSyntax::noise);
    kind("background", "file snr", AugmentSyntax::background);
    kind("pitch", "semitones", w -> ranged(w, "semitones", -2, 2, PitchShift::new));
    kind("stretch", "rate", w -> ranged(w, "rate", 0.9, 1.1, TimeStretch::new));
    kind("room", "rt60", w -> ranged(w, "rt60", 0.2, 0.8, Room::new));
    kind("impulse", "file", AugmentSyntax::impulse);
    kind("band", "hz", w -> ranged(w, "hz", 300, 3400, BandLimit::new));
    kind("mp3", "kbits", w -> ranged(w, "kbits", 16, 64, Mp3RoundTrip::new));
    kind("mixup", "alpha", w -> new Mixup(w.number("alpha", 0.2)));
    kind("timemask", "most count", w -> new TimeMask(w.number("most", 0.2), w.whole("count", 1)));
    kind(
        "freqmask",
        "most count",
        w -> new FrequencyMask(w.number("most", 0.2), w.whole("count", 1)));
  }

  private AugmentSyntax() {}

  private static void kind(String name, String keys, Function<AugmentWords, Augment> make) {
    List<String> all = new ArrayList<>(keys.isEmpty() ? List.of() : List.of(keys.split(" ")));
    all.add(PROBABILITY);
    KINDS.put(name, new Kind(List.copyOf(all), make));
  }

  static Augmentation parse(String text) {
    if (text.strip().equals(Augmentation.NONE)) {
      return Augmentation.none();
    }
    List<Augmentation.Step> steps = new ArrayList<>();
    for (List<String> words : steps(text)) {
      Check.that(
          !words.isEmpty(),
          "augmentation '%s': a step is empty; give steps separated by ';', for example"
              + " 'gain db=-6..6; noise snr=10..20', or '%s'",
          Quoted.line(text),
          Augmentation.NONE);
      steps.add(step(words));
    }
    return new Augmentation(steps);
  }

  private static Augmentation.Step step(List<String> words) {
    String step = String.join(" ", words);
    Kind kind = KINDS.get(words.getFirst());
    Check.that(
        kind != null,
        "augmentation step '%s': no step is called '%s'; there are %s",
        Quoted.line(step),
        Quoted.line(words.getFirst()),
        names());
    AugmentWords values = new AugmentWords(step, words.subList(1, words.size()), kind.keys());
    double probability = values.number(PROBABILITY, 1);
    try {
      return new Augmentation.Step(kind.make().apply(values), probability);
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith("augmentation step ")
          ? e
          : new IllegalArgumentException(
              "augmentation step '%s': %s".formatted(Quoted.line(step), e.getMessage()), e);
    }
  }

  private static String names() {
    return KINDS.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + e.getValue().keys().stream()
                        .filter(key -> !key.equals(PROBABILITY))
                        .map(key -> " " + key + "=")
                        .collect(Collectors.joining()))
        .collect(Collectors.joining(", "));
  }

  /** The words of each step; a word may have quotes around a part with spaces or semicolons. */
  private static List<List<String>> steps(String text) {
    List<List<String>> steps = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ';';
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && i < text.length()) {
        word.append(c);
      } else if (c == ';' || Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        if (c == ';') {
          steps.add(words);
          words = new ArrayList<>();
        }
      } else {
        word.append(c);
      }
    }
    Check.that(!quoted, "augmentation '%s': a quote is not closed", Quoted.line(text));
    if (steps.size() > 1 && steps.getLast().isEmpty()) {
      steps.removeLast(); // a semicolon at the end
    }
    return steps;
  }

  /** A value as it can be read back. */
  static String quoted(String value) {
    return value.isEmpty() || value.chars().anyMatch(c -> c == ';' || Character.isWhitespace(c))
        ? '"' + value + '"'
        : value;
  }

  private interface Ranged {
    Augment of(double from, double to);
  }

  private static Augment ranged(
      AugmentWords words, String key, double from, double to, Ranged make) {
    double[] range = words.range(key, from, to);
    return make.of(range[0], range[1]);
  }

  private static Augment shift(AugmentWords words) {
    boolean around = words.oneOf("around", "no", "yes").equals("yes");
    return new TimeShift(words.number("seconds", 0.25), around);
  }

  private static Augment noise(AugmentWords words) {
    boolean pink = words.oneOf("colour", "white", "pink").equals("pink");
    Noise.Colour colour = pink ? Noise.Colour.PINK : Noise.Colour.WHITE;
    return ranged(words, "snr", 10, 30, (from, to) -> new Noise(colour, from, to));
  }

  private static Augment background(AugmentWords words) {
    String file = words.text("file");
    Clip recording = AudioFiles.read(file);
    return ranged(words, "snr", 5, 20, (from, to) -> new Background(file, recording, from, to));
  }

  private static Augment impulse(AugmentWords words) {
    String file = words.text("file");
    return new ImpulseResponse(file, AudioFiles.read(file));
  }
}
