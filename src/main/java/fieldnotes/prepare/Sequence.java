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
    }

    @Override
    public List<String> columns() {
      return steps.getFirst().columns();
    }

    @Override
    public Matrix apply(Matrix x) {
      Matrix now = x;
      for (Step.Fitted step : steps) {
        now = step.apply(now);
      }
      return now;
    }

    @Override
    public Matrix matrix(Table table) {
      Matrix now = steps.getFirst().matrix(table);
      for (Step.Fitted step : steps.subList(1, steps.size())) {
        now = step.apply(now);
      }
      return now;
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
