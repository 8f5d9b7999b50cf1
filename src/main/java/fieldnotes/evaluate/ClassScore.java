package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.List;

/** A score of predicted classes. */
interface ClassScore extends Score {
  /** The score of these predictions. */
  double ofClasses(Outcome.Classes outcome);

  @Override
  default Better better() {
    return Better.HIGHER;
  }

  @Override
  default Range range() {
    return Range.SHARE;
  }

  @Override
  default double of(Outcome outcome) {
    if (outcome instanceof Outcome.Classes classes) {
      return ofClasses(classes);
    }
    throw Scores.unfit(this, "predicted classes", outcome);
  }

  /** Refuses a class that is neither true of a row nor known to the model. */
  static String requireKnown(Score score, Outcome.Classes outcome, String name) {
    List<String> known = Coded.names(outcome.truth(), outcome.predicted().classes());
    Check.that(
        known.contains(name), "%s: there is no class '%s'; there are %s", score, name, known);
    return name;
  }
}
