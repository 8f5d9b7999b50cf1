package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** Steps one after the other. */
record Sequence(List<Step<?>> steps) implements Step<Sequence.Fitted> {
  Sequence {
    steps = List.copyOf(steps);
    Check.that(!steps.isEmpty(), "steps is empty: give at least one");
  }

  @Override
  public Fitted fit(Samples rows) {
    List<Step.Fitted> fitted = new ArrayList<>();
    Samples now = rows;
    for (Step<?> step : steps) {
      Step.Fitted one = step.fit(now);
      fitted.add(one);
      now = one.apply(now);
    }
    return new Fitted(fitted);
  }

  @Override
  public boolean keepsRows() {
    return steps.stream().allMatch(Step::keepsRows);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(", then "));
  }

  /** Steps that have learnt, one after the other. */
  record Fitted(List<Step.Fitted> steps) implements Step.Fitted {
    Fitted {
      steps = List.copyOf(steps);
      Check.that(!steps.isEmpty(), "steps is empty: give at least one");
      Step.needs(steps, List.of()); // refuses steps that do not follow one another
    }

    /** What its steps need, all together, of what goes into the first. */
    @Override
    public List<String> columns() {
      return Step.needs(steps, List.of());
    }

    @Override
    public List<String> outputs() {
      return outputs(steps, columns());
    }

    /** The features that steps one after the other leave of these. */
    static List<String> outputs(List<Step.Fitted> steps, List<String> columns) {
      List<String> now = columns;
      for (Step.Fitted step : steps) {
        List<String> after = new ArrayList<>();
        if (step.keepsOthers()) {
          after.addAll(now);
          after.removeAll(step.columns());
        }
        after.addAll(step.outputs());
        now = after;
      }
      return now;
    }

    @Override
    public boolean keepsRows() {
      return steps.stream().allMatch(Step.Fitted::keepsRows);
    }

    @Override
    public boolean keepsOthers() {
      return steps.stream().allMatch(Step.Fitted::keepsOthers);
    }

    @Override
    public Matrix apply(Matrix x) {
      return matrix(Samples.of(x));
    }

    @Override
    public Matrix matrix(Table table) {
      return matrix(Samples.of(table));
    }

    private Matrix matrix(Samples rows) {
      return ordered(apply(rows.withFeatures(columns())).matrix(), outputs());
    }

    /** The same columns in this order. */
    static Matrix ordered(Matrix x, List<String> names) {
      return x.names().equals(names) ? x : x.select(names);
    }

    @Override
    public Samples apply(Samples rows) {
      Samples now = rows;
      for (Step.Fitted step : steps) {
        now = step.apply(now);
      }
      return now;
    }

    @Override
    public String toString() {
      return steps.stream().map(Step.Fitted::toString).collect(Collectors.joining(", then "));
    }
  }
}
