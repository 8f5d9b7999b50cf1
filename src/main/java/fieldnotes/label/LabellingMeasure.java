package fieldnotes.label;

/** What {@link LabellingCurves} have for each number of clips heard. */
public enum LabellingMeasure {
  /** Seconds heard, of rows with a column {@code duration_s}. */
  SECONDS("seconds heard"),
  /** Share of the rows with a label, heard or propagated. */
  COVERAGE("coverage"),
  /** Share of the propagated labels that are right; NaN where there are none. */
  CORRECT("propagated labels that are right"),
  /** Accuracy, on the rows held out, of a forest that learns from the labels. */
  ACCURACY("accuracy on rows held out"),
  /** Number of classes heard. */
  CLASSES("classes heard");

  private final String words;

  LabellingMeasure(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
