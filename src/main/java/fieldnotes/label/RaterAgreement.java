package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * How far two sets of labels agree on the clips that both have. Clips are the same if file and
 * times, in whole milliseconds, are equal.
 *
 * @param clips the clips that both have, in their order
 * @param first the class of each in the first set
 * @param second the class of each in the second set
 * @param onlyFirst classes that only the first set uses, on any clip
 * @param onlySecond classes that only the second set uses, on any clip
 */
public record RaterAgreement(
    List<Segment> clips,
    List<String> first,
    List<String> second,
    List<String> onlyFirst,
    List<String> onlySecond) {
  /** Copies and checks. */
  public RaterAgreement {
    clips = List.copyOf(clips);
    first = List.copyOf(first);
    second = List.copyOf(second);
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
    Check.sameLength("first", first.size(), "clips", clips.size());
    Check.sameLength("second", second.size(), "clips", clips.size());
  }

  /** Compares two sets. */
  public static RaterAgreement of(LabelSet one, LabelSet other) {
    List<Segment> clips = new ArrayList<>();
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    Map<ClipKey, Label> others = byClip(other);
    byClip(one)
        .forEach(
            (key, label) -> {
              if (others.containsKey(key)) {
                clips.add(label.clip());
                first.add(label.name());
                second.add(others.get(key).name());
              }
            });
    return new RaterAgreement(clips, first, second, only(one, other), only(other, one));
  }

  private static TreeMap<ClipKey, Label> byClip(LabelSet set) {
    TreeMap<ClipKey, Label> labels = new TreeMap<>();
    set.labels().forEach(label -> labels.merge(ClipKey.of(label.clip()), label, (a, b) -> a));
    return labels;
  }

  private static List<String> only(LabelSet one, LabelSet other) {
    return one.counts().keySet().stream()
        .filter(name -> !other.counts().containsKey(name))
        .toList();
  }

  /** The percentage of the clips on which both agree, 0 to 100; NaN if they share none. */
  public double percent() {
    return 100.0 * (clips.size() - differing().size()) / clips.size();
  }

  /**
   * Cohen's kappa, the agreement beyond chance: 1 at best, 0 for chance; NaN if the sets share no
   * clip, or both give all of them one and the same class.
   *
   * @see "J. Cohen, A coefficient of agreement for nominal scales, 1960"
   */
  public double kappa() {
    return clips.isEmpty() ? Double.NaN : Scores.kappa().of(outcome());
  }

  /**
   * The number of clips of each class of the first set (a row) that have each class in the second
   * set (a column).
   *
   * @throws IllegalArgumentException if the sets share no clip
   */
  public ConfusionMatrix confusion() {
    Check.that(!clips.isEmpty(), "the sets share no clip: compare sets of the same clips");
    return ConfusionMatrix.of(outcome());
  }

  /** The same as a table. */
  public Table toTable() {
    Table table = confusion().toTable().setName("first × second");
    table.column(0).setName("first set");
    return table;
  }

  private Outcome.Classes outcome() {
    SortedSet<String> names = new TreeSet<>(first);
    names.addAll(second);
    List<String> classes = List.copyOf(names);
    Map<String, Integer> places = new HashMap<>();
    classes.forEach(name -> places.put(name, places.size()));
    int[] codes = second.stream().mapToInt(places::get).toArray();
    double[][] scores = new double[codes.length][classes.size()];
    for (int i = 0; i < codes.length; i++) {
      scores[i][codes[i]] = 1;
    }
    return new Outcome.Classes(first, new Classified(classes, codes, scores, true));
  }

  /** The clips on which they differ, in their order. */
  public List<Segment> differing() {
    return IntStream.range(0, clips.size())
        .filter(i -> !first.get(i).equals(second.get(i)))
        .mapToObj(clips::get)
        .toList();
  }

  /**
   * Fleiss' kappa of several listeners over the clips that all of them have: 1 at best, 0 for
   * chance; NaN if they share no clip, or all give all of them one and the same class.
   *
   * @param sets at least 2
   * @see "J. Fleiss, Measuring nominal scale agreement among many raters, 1971"
   */
  public static double fleissKappa(List<LabelSet> sets) {
    Check.atLeast("the number of sets", sets.size(), 2);
    List<TreeMap<ClipKey, Label>> raters = sets.stream().map(RaterAgreement::byClip).toList();
    Map<String, Double> shares = new TreeMap<>();
    double agreeing = 0;
    int clips = 0;
    for (ClipKey clip : raters.getFirst().keySet()) {
      if (raters.stream().allMatch(labels -> labels.containsKey(clip))) {
        Map<String, Integer> votes = new TreeMap<>();
        raters.forEach(labels -> votes.merge(labels.get(clip).name(), 1, Integer::sum));
        double pairs = 0;
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
          shares.merge(vote.getKey(), vote.getValue().doubleValue(), Double::sum);
          pairs += vote.getValue() * (vote.getValue() - 1.0);
        }
        agreeing += pairs / (raters.size() * (raters.size() - 1.0));
        clips++;
      }
    }
    double all = (double) clips * raters.size();
    double byChance = shares.values().stream().mapToDouble(n -> n / all * (n / all)).sum();
    return shares.size() < 2 ? Double.NaN : (agreeing / clips - byChance) / (1 - byChance);
  }

  @Override
  public String toString() {
    if (clips.isEmpty()) {
      return "no clip in common; are the files named from the same folder?";
    }
    String kappa =
        Double.isNaN(kappa())
            ? "no kappa, as there is one class only"
            : String.format(Locale.ROOT, "kappa %.3f", kappa());
    return String.format(
            Locale.ROOT,
            "%d %s in both, %.1f %% agree, %s",
            clips.size(),
            clips.size() == 1 ? "clip" : "clips",
            percent(),
            kappa)
        + (onlyFirst.isEmpty() ? "" : "; only in the first: " + String.join(", ", onlyFirst))
        + (onlySecond.isEmpty() ? "" : "; only in the second: " + String.join(", ", onlySecond));
  }
}
