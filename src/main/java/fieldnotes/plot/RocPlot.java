package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.PrecisionRecallCurve;
import fieldnotes.evaluate.RocCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ROC curves, and precision–recall curves, of one or more classes or models, each with the area
 * below it. Precision and recall show more where a class is rare.
 */
public final class RocPlot {
  private RocPlot() {}

  /** Share of a class's rows found over share of other rows taken for it; chance is dashed. */
  public static Figure of(String title, RocCurve... curves) {
    return of(title, List.of(curves));
  }

  /** ROC curves in the order of their colours. */
  public static Figure of(String title, List<RocCurve> curves) {
    Check.that(!curves.isEmpty(), "curves is empty: give at least one");
    List<Traces.Trace> traces = new ArrayList<>();
    for (int c = 0; c < curves.size(); c++) {
      RocCurve curve = curves.get(c).corners();
      traces.add(
          new Traces.Trace(
              named("AUC", curve.area(), curve.of()),
              Double.isNaN(curve.thresholds()[0]) ? -1 : c,
              curve.falsePositiveRates(),
              curve.truePositiveRates(),
              false));
    }
    return Traces.figure(
        title,
        "ROC curve",
        Axis.linear("false positive rate", -0.02, 1.02),
        Axis.linear("true positive rate", -0.02, 1.02),
        traces,
        List.of(new Traces.Guide(0, 0, 1, 1)));
  }

  /** Each class against the rest, and of more than two classes their mean; of two the second. */
  public static Figure of(String title, Outcome.Classes outcome) {
    List<String> classes = outcome.predicted().classes();
    if (classes.size() == 2) {
      return of(title, RocCurve.of(outcome, classes.getLast()));
    }
    List<RocCurve> curves = new ArrayList<>();
    classes.forEach(name -> curves.add(RocCurve.of(outcome, name)));
    curves.add(RocCurve.macro(outcome));
    return of(title, curves);
  }

  /** Precision over recall; the share of each class's rows, which chance gives, is dashed. */
  public static Figure precision(String title, PrecisionRecallCurve... curves) {
    return precision(title, List.of(curves));
  }

  /** Precision–recall curves in the order of their colours. */
  public static Figure precision(String title, List<PrecisionRecallCurve> curves) {
    Check.that(!curves.isEmpty(), "curves is empty: give at least one");
    List<Traces.Trace> traces = new ArrayList<>();
    List<Traces.Guide> guides = new ArrayList<>();
    for (int c = 0; c < curves.size(); c++) {
      PrecisionRecallCurve curve = curves.get(c);
      boolean mean = Double.isNaN(curve.thresholds()[0]);
      traces.add(
          new Traces.Trace(
              named("AP", curve.averagePrecision(), curve.of()),
              mean ? -1 : c,
              curve.recall(),
              curve.precision(),
              !mean));
      double share = curve.share();
      Traces.Guide guide = new Traces.Guide(0, share, 1, share);
      if (Double.isFinite(share) && !guides.contains(guide)) {
        guides.add(guide);
      }
    }
    return Traces.figure(
        title,
        "precision–recall curve",
        Axis.linear("recall", -0.02, 1.02),
        Axis.linear("precision", -0.02, 1.02),
        traces,
        guides.size() > 3 ? List.of() : guides);
  }

  /** Each class against the rest, and of more than two classes their mean; of two the second. */
  public static Figure precision(String title, Outcome.Classes outcome) {
    List<String> classes = outcome.predicted().classes();
    if (classes.size() == 2) {
      return precision(title, PrecisionRecallCurve.of(outcome, classes.getLast()));
    }
    List<PrecisionRecallCurve> curves = new ArrayList<>();
    classes.forEach(name -> curves.add(PrecisionRecallCurve.of(outcome, name)));
    curves.add(PrecisionRecallCurve.macro(outcome));
    return precision(title, curves);
  }

  private static String named(String what, double area, String of) {
    return String.format(Locale.ROOT, "%s %.3f of %s", what, area, of);
  }
}
