package fieldnotes.label;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Labelling of the rows of a table, guided by a strategy: asks about a row, takes the answer, and
 * knows which labels follow. What was heard always overrides what follows from it.
 */
public final class Guided {
  private static final String SECONDS = "duration_s";

  private final Samples rows;
  private final Strategy strategy;
  private final Strategy.Start start;

  /** Every answer, also those that a later one replaced. */
  private final List<Answered.Answer> answers = new ArrayList<>();

  private Guide guide;

  private Guided(Samples rows, Strategy strategy, Strategy.Start start) {
    this.rows = rows;
    this.strategy = strategy;
    this.start = start;
    guide = start.begin();
  }

  /**
   * Starts with nothing heard.
   *
   * @param rows numeric features, one row a clip
   * @param seed 0 to 4294967295
   */
  public static Guided of(Samples rows, Strategy strategy, long seed) {
    return new Guided(rows, strategy, strategy.over(rows, seed));
  }

  /** The next row to hear; empty when all were heard. Fits the model again where that is due. */
  public OptionalInt next() {
    if (guide.stale()) {
      guide.refit();
    }
    return guide.next();
  }

  /** Takes the answer of any row; it replaces an older one. */
  public void heard(int row, String name) {
    guide.heard(row, name);
    answers.add(new Answered.Answer(row, name));
  }

  /** Takes back the last answer, as if it had never been given; false if there is none. */
  public boolean undo() {
    if (answers.isEmpty()) {
      return false;
    }
    answers.removeLast();
    guide = start.begin();
    answers.forEach(answer -> guide.heard(answer.row(), answer.name()));
    return true;
  }

  /** The classes heard, by row, in the order in which the rows were first heard. */
  public Map<Integer, String> heardLabels() {
    Map<Integer, String> labels = new LinkedHashMap<>();
    answers.forEach(answer -> labels.put(answer.row(), answer.name()));
    return labels;
  }

  /** The labels that follow, of rows that were not heard, by row. */
  public Map<Integer, Guide.Propagated> propagated() {
    return guide.propagated();
  }

  /** The class of each row as heard or as it follows; empty text where neither. */
  public List<String> classes() {
    String[] classes = new String[rows.rowCount()];
    Arrays.fill(classes, "");
    propagated().forEach((row, label) -> classes[row] = label.name());
    heardLabels().forEach((row, name) -> classes[row] = name);
    return List.of(classes);
  }

  /**
   * The labels so far, by ear and by cluster.
   *
   * @param who the listener
   * @param when the time that the labels get
   * @throws IllegalArgumentException if the rows do not say which clips they are; see {@link
   *     LabelSet#clips}
   */
  public LabelSet labels(String who, Instant when) {
    List<Segment> clips = LabelSet.clips(rows);
    List<Label> labels = new ArrayList<>();
    heardLabels().forEach((row, name) -> labels.add(Label.byEar(clips.get(row), name, who, when)));
    propagated()
        .forEach(
            (row, by) ->
                labels.add(
                    Label.byCluster(
                        clips.get(row), by.name(), by.agreeing(), by.heard(), who, when)));
    return LabelSet.of(labels);
  }

  /** The number of rows heard. */
  public int clipsHeard() {
    return heardLabels().size();
  }

  /** The length of the rows heard, by the column {@code duration_s}; NaN without one. */
  public double secondsHeard() {
    if (!rows.table().columnNames().contains(SECONDS)) {
      return Double.NaN;
    }
    double[] seconds = Matrix.column(rows.table(), SECONDS);
    return heardLabels().keySet().stream().mapToDouble(row -> seconds[row]).sum();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of %s: %,d of %,d rows heard, %,d more labels follow",
        strategy,
        rows.id(),
        clipsHeard(),
        rows.rowCount(),
        propagated().size());
  }
}
