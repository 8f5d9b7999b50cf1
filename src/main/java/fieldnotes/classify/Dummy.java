package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.List;
import java.util.Locale;

/**
 * A baseline that looks at no column: what any other classifier must be better than. As
 * scikit-learn's {@code DummyClassifier}, with its draws.
 *
 * @param kind what it predicts
 * @param constant the class that it always predicts; empty unless {@link Kind#CONSTANT}
 * @param seed of the draws, 0 to 4294967295; 0 unless {@link Kind#STRATIFIED} or {@link
 *     Kind#UNIFORM}
 */
public record Dummy(Kind kind, String constant, long seed)
    implements Learner<Classified, DummyModel> {
  /** What a baseline predicts. */
  public enum Kind {
    /** The most frequent class, with probability 1. */
    MOST_FREQUENT,
    /** The most frequent class, with the classes' shares as probabilities. */
    PRIOR,
    /** A class drawn by the classes' shares, with probability 1. */
    STRATIFIED,
    /** A class drawn evenly, with even probabilities. */
    UNIFORM,
    /** Always the same class, with probability 1. */
    CONSTANT;

    boolean draws() {
      return this == STRATIFIED || this == UNIFORM;
    }
  }

  /** Checks that it has what its kind needs. */
  public Dummy {
    Check.that(
        (kind == Kind.CONSTANT) != constant.isEmpty(),
        "%s with class '%s': a constant class needs a name, other kinds have none",
        kind,
        constant);
    Check.that(
        seed >= 0 && seed <= 0xffffffffL && (seed == 0 || kind.draws()),
        "%s with seed %d: only STRATIFIED and UNIFORM draw, with a seed of 0 to 4294967295",
        kind,
        seed);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if there are no rows of the constant class, listing those
   *     there are
   */
  @Override
  public DummyModel fit(Samples rows) {
    Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    double[] totals = Priors.totals(made, made.codes(rows), rows.weights().orElse(null));
    double[] probabilities = Priors.of(List.of(), made, totals);
    int code = made.classes().indexOf(constant);
    if (kind == Kind.CONSTANT) {
      Check.that(
          code >= 0,
          "class '%s' is not in '%s', which has %s",
          constant,
          rows.id(),
          made.classes());
    } else {
      code = 0;
      for (int c = 1; c < totals.length; c++) {
        code = probabilities[c] > probabilities[code] ? c : code;
      }
    }
    return new DummyModel(made, kind, code, probabilities, seed);
  }

  @Override
  public String toString() {
    if (kind == Kind.CONSTANT) {
      return "always class '" + constant + "'";
    }
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "baseline, " + name + (kind.draws() ? ", seed " + seed : "");
  }
}
