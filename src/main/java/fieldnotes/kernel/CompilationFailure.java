package fieldnotes.kernel;

import java.util.List;

/** A cell that does not compile. */
final class CompilationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Cell cell;
  private final transient List<Problem> problems;

  CompilationFailure(Cell cell, List<Problem> problems) {
    super(
        problems.isEmpty()
            ? "the cell does not compile"
            : "%s: %s"
                .formatted(
                    cell.place(problems.getFirst().start()),
                    problems.getFirst().message().lines().findFirst().orElse("")),
        null,
        false,
        false);
    this.cell = cell;
    this.problems = List.copyOf(problems);
  }

  Cell cell() {
    return cell;
  }

  List<Problem> problems() {
    return problems;
  }
}
