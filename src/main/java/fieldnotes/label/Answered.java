package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every guide does with answers: keeps them in order, the latest of each row. */
abstract class Answered implements Guide {
  /** An answer. */
  record Answer(int row, String name) {}

  final int rows;
  final long seed;

  /** The class of each row; null where it was not heard. */
  final String[] names;

  private final Map<Integer, Answer> answers = new LinkedHashMap<>();

  Answered(int rows, long seed) {
    this.rows = rows;
    this.seed = seed;
    names = new String[rows];
  }

  /** The answers so far, in order; an answer that replaced another stands where it came. */
  final List<Answer> answers() {
    return new ArrayList<>(answers.values());
  }

  /** The number of rows heard. */
  final int count() {
    return answers.size();
  }

  final boolean unheard(int row) {
    return names[row] == null;
  }

  @Override
  public synchronized void heard(int row, String name) {
    Check.that(row >= 0 && row < rows, "row=%d: must be from 0 to %d", row, rows - 1);
    Check.that(!name.isBlank(), "row %d: the class is empty; an answer needs a name", row);
    boolean again = answers.remove(row) != null;
    answers.put(row, new Answer(row, name));
    if (again) {
      forget();
      Arrays.fill(names, null);
      answers.values().forEach(this::note);
    } else {
      note(answers.get(row));
    }
  }

  private void note(Answer answer) {
    names[answer.row()] = answer.name();
    take(answer);
  }

  /** Takes an answer of a row that was not heard before. */
  abstract void take(Answer answer);

  /** Goes back to where nothing was heard. */
  abstract void forget();
}
