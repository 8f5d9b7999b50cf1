package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two learners that see different columns of the same rows and label rows for each other. Each is
 * fitted to the rows with a class; of a pool of rows without one, the rows that it is surest about
 * get the class that it predicts, <em>for the other one to learn from</em>; then both are fitted
 * again. The first of the two is asked first, and a row is labelled once.
 *
 * <p>Blum and Mitchell add both learners' labels to one set that both learn from; here each learns
 * from the other's only, so that neither believes itself. As with them, rows are taken from a pool
 * drawn at random and filled up again, so that the surest rows are not all alike, and the
 * probabilities of both models are multiplied.
 *
 * <p>It helps if either set of columns suffices to tell the classes apart, and the two say
 * different things about a row of a given class: the sound and the words of a clip.
 *
 * @param first sees the columns named
 * @param columns columns of the first; at least one, and not all
 * @param second sees all other columns
 * @param seed of the pool, 0 to 4294967295
 * @param pool rows without a class that may be labelled in a round
 * @param each rows of each class that each of the two labels in a round, at most
 * @param rounds how often rows are labelled at most
 * @see "A. Blum and T. Mitchell, Combining labeled and unlabeled data with co-training, COLT 1998"
 */
public record CoTraining(
    Learner<Classified, ? extends Model<Classified>> first,
    List<String> columns,
    Learner<Classified, ? extends Model<Classified>> second,
    long seed,
    int pool,
    int each,
    int rounds)
    implements Seeded<Classified, CoTrained> {
  /** Copies the columns and checks the ranges. */
  public CoTraining {
    columns = List.copyOf(columns);
    Check.that(!columns.isEmpty(), "columns is empty: name what the first learner sees");
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("pool", pool, 1);
    Check.atLeast("each", each, 1);
    Check.atLeast("rounds", rounds, 1);
  }

  @Override
  public CoTraining withSeed(long newSeed) {
    return new CoTraining(first, columns, second, newSeed, pool, each, rounds);
  }

  /** Returns a copy with this number of rows in the pool. */
  public CoTraining withPool(int rows) {
    return new CoTraining(first, columns, second, seed, rows, each, rounds);
  }

  /** Returns a copy in which each labels up to this number of rows of each class in a round. */
  public CoTraining withEach(int rows) {
    return new CoTraining(first, columns, second, seed, pool, rows, rounds);
  }

  /** Returns a copy with at most this number of rounds. */
  public CoTraining withRounds(int most) {
    return new CoTraining(first, columns, second, seed, pool, each, most);
  }

  @Override
  public CoTrained fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = Unlabelled.codes(made, rows);
    for (String column : columns) {
      Check.that(
          rows.features().contains(column),
          "no column '%s' for the first learner; there are %s",
          column,
          rows.features());
    }
    List<String> others = new ArrayList<>(rows.features());
    others.removeAll(columns);
    Check.that(
        !others.isEmpty(),
        "the first learner sees all columns, %s: leave some to the second",
        columns);
    Samples one = rows.withFeatures(columns);
    Samples two = rows.withFeatures(others);
    return Joined.naming(rows, () -> fit(one, two, made, codes));
  }

  private CoTrained fit(Samples one, Samples two, Made made, int[] codes) {
    View[] views = {new View("first", first, one, codes), new View("second", second, two, codes)};
    int[] left = SelfTraining.where(codes, false);
    int[] order = NumpyRandom.of(seed).permutation(left.length);
    List<Integer> waiting = new ArrayList<>();
    for (int at : order) {
      waiting.add(left[at]);
    }
    List<Integer> drawn = new ArrayList<>();
    List<PseudoLabel> labels = new ArrayList<>();
    int round = 0;
    while (round < rounds) {
      int more = Math.min(pool - drawn.size(), waiting.size());
      drawn.addAll(waiting.subList(0, more));
      waiting.subList(0, more).clear();
      if (drawn.isEmpty()) {
        break;
      }
      round++;
      List<Model<Classified>> models = Joined.each(2, v -> views[v].fitted(made));
      for (int v = 0; v < 2 && !drawn.isEmpty(); v++) {
        for (PseudoLabel label : views[v].labels(models.get(v), drawn, made, round, each)) {
          views[1 - v].codes[label.row()] = made.classes().indexOf(label.name());
          drawn.remove((Integer) label.row());
          labels.add(label);
        }
      }
    }
    List<Model<Classified>> models = Joined.each(2, v -> views[v].fitted(made));
    return new CoTrained(made, models.getFirst(), models.getLast(), labels, round);
  }

  /** A learner and the rows that it knows the classes of. */
  private static final class View {
    private final String name;
    private final Learner<Classified, ? extends Model<Classified>> learner;
    private final Samples rows;
    private final int[] codes;

    View(
        String name,
        Learner<Classified, ? extends Model<Classified>> learner,
        Samples rows,
        int[] codes) {
      this.name = name;
      this.learner = learner;
      this.rows = rows;
      this.codes = codes.clone();
    }

    Model<Classified> fitted(Made made) {
      return learner.fit(SelfTraining.labelled(rows, made, codes));
    }

    /** The surest rows of each class among those drawn, by row. */
    List<PseudoLabel> labels(
        Model<Classified> model, List<Integer> drawn, Made made, int round, int each) {
      int[] open = drawn.stream().mapToInt(Integer::intValue).sorted().toArray();
      Classified said = model.predict(rows.rows(open));
      Check.that(
          said.hasProbabilities(),
          "%s gives no probabilities, which co-training needs to know how sure it is: calibrate it"
              + " with Classifiers.calibrated(…)",
          learner);
      double[][] p = said.probabilities();
      int[] predicted = said.codes();
      List<PseudoLabel> labels = new ArrayList<>();
      for (int c = 0; c < made.classes().size(); c++) {
        int code = c;
        IntStream.range(0, open.length)
            .filter(i -> predicted[i] == code)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -p[i][code]))
            .limit(each)
            .forEach(
                i ->
                    labels.add(
                        new PseudoLabel(
                            open[i], round, name, made.classes().get(code), p[i][code])));
      }
      return labels;
    }
  }

  @Override
  public String toString() {
    return "co-training of "
        + first
        + " on "
        + columns
        + " and "
        + second
        + " on the other columns, seed "
        + seed
        + ", pool of "
        + pool
        + " rows, labelling "
        + each
        + " of each class, rounds at most "
        + rounds;
  }
}
