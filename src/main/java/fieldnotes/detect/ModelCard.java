package fieldnotes.detect;

import fieldnotes.common.Check;
import fieldnotes.table.Numbers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody who is given a model must know of it: what it learnt from, how, how good it is on
 * sound that it did not learn from, and what it was not tried on.
 *
 * @param data name of the rows that it learnt from
 * @param how how it was made, by name: the learner, the features, the seed, …; in this order
 * @param classes its classes, with what there was of each
 * @param scores how good it is
 * @param limits what to keep in mind, one sentence each
 * @see "M. Mitchell et al., Model cards for model reporting, FAT* 2019"
 */
public record ModelCard(
    String data,
    Map<String, String> how,
    List<ClassRows> classes,
    List<Scored> scores,
    List<String> limits) {

  /**
   * What there was of a class.
   *
   * @param name the class
   * @param train rows that the model learnt from, without augmented copies
   * @param validation rows that the threshold was chosen on
   * @param test rows that the scores are of
   * @param recordings recordings, or other groups that were kept together, in all three
   */
  public record ClassRows(String name, int train, int validation, int test, int recordings) {
    /** Checks the numbers. */
    public ClassRows {
      Check.atLeast("train", train, 0);
      Check.atLeast("validation", validation, 0);
      Check.atLeast("test", test, 0);
      Check.atLeast("recordings", recordings, 0);
    }
  }

  /**
   * A score.
   *
   * @param name its name
   * @param value the score
   * @param low lower end of its interval; NaN where there is none
   * @param high upper end of its interval; NaN where there is none
   * @param on what it was measured on
   */
  public record Scored(String name, double value, double low, double high, String on) {
    @Override
    public String toString() {
      return "%s %s%s".formatted(name, three(value), interval());
    }

    private String interval() {
      return Double.isNaN(low) ? "" : " (%s to %s)".formatted(three(low), three(high));
    }

    private static String three(double value) {
      return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.3f", value);
    }
  }

  /** Copies the parts. */
  public ModelCard {
    how = Collections.unmodifiableMap(new LinkedHashMap<>(how));
    classes = List.copyOf(classes);
    scores = List.copyOf(scores);
    limits = List.copyOf(limits);
  }

  /** A card that only says what the model learnt from. */
  public static ModelCard of(String data) {
    return new ModelCard(data, Map.of(), List.of(), List.of(), List.of());
  }

  /** The card as a page in Markdown. */
  public String markdown() {
    StringBuilder page = new StringBuilder("# Model of " + inCell(data) + "\n");
    if (!how.isEmpty()) {
      page.append("\n## How it was made\n\n| what | how |\n| --- | --- |\n");
      how.forEach((name, value) -> row(page, name, value));
    }
    if (!classes.isEmpty()) {
      page.append("\n## Classes\n\n| class | train | validation | test | recordings |\n");
      page.append("| --- | ---: | ---: | ---: | ---: |\n");
      for (ClassRows one : classes) {
        row(
            page,
            one.name(),
            Numbers.text(one.train()),
            Numbers.text(one.validation()),
            Numbers.text(one.test()),
            Numbers.text(one.recordings()));
      }
    }
    if (!scores.isEmpty()) {
      page.append("\n## Scores\n\n| score | value | 95 % interval | on |\n");
      page.append("| --- | ---: | --- | --- |\n");
      for (Scored one : scores) {
        String interval = one.interval();
        row(
            page,
            one.name(),
            Scored.three(one.value()),
            interval.isEmpty() ? "" : interval.substring(2, interval.length() - 1),
            one.on());
      }
    }
    if (!limits.isEmpty()) {
      page.append("\n## Limits\n\n");
      limits.forEach(one -> page.append("- ").append(inCell(one)).append('\n'));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    for (String cell : cells) {
      page.append("| ").append(inCell(cell)).append(' ');
    }
    page.append("|\n");
  }

  private static String inCell(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|");
  }

  @Override
  public String toString() {
    return "card of a model of %s: %s classes%s"
        .formatted(data, classes.size(), scores.isEmpty() ? "" : ", " + scores.getFirst());
  }
}
