package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.evaluate.Better;
import fieldnotes.journal.Reproduction.State;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class ReproductionTest {
  @TempDir Path kept;
  @TempDir Path again;

  private static Entry entry(Path folder, String title) {
    return Journal.at(folder).newEntry("C", title).notebook("notebooks/" + title + ".ipynb");
  }

  private Reproduction.Outcome only() {
    Reproduction all = Journal.at(kept).reproduction(Journal.at(again));
    assertThat(all.outcomes()).hasSize(1);
    return all.outcomes().getFirst();
  }

  @Test
  @DisplayName("equal to the last digit is the same, NaN too, whatever time it took")
  void same() {
    entry(kept, "a").metric("m", 0.1 + 0.2).metric("n", Double.NaN).took("fit", 1).save();
    entry(again, "a").metric("m", 0.1 + 0.2).metric("n", Double.NaN).took("fit", 2).save();
    assertThat(only()).hasToString("C: a: the same (2 of 2 metrics equal)");
    assertThat(Journal.at(kept).reproduction(Journal.at(again)).holds()).isTrue();
  }

  @Test
  @DisplayName("a relative 1e-9 is the same; beyond it both values are told whole")
  void lastDigit() {
    entry(kept, "a").metric("m", 0.3, "dB", Better.LOWER).metric("k", 2).save();
    entry(again, "a").metric("m", 0.1 + 0.2, "dB", Better.LOWER).metric("k", 2).save();
    assertThat(only().state()).isEqualTo(State.SAME);
    assertThat(only().toString()).contains("the same (2 of 2 metrics equal)");
    entry(again, "a").metric("m", 0.3000000006, "dB", Better.LOWER).metric("k", 2).save();
    Reproduction.Outcome outcome = only();
    assertThat(outcome.state()).isEqualTo(State.DIFFERS);
    assertThat(outcome.metrics())
        .extracting(Reproduction.Line::toString)
        .containsExactly("≠ m 0.3 dB → 0.3000000006 dB (by 6.00e-10)", "= k 2");
    assertThat(Journal.at(kept).reproduction(Journal.at(again)).holds()).isFalse();
  }

  @Test
  @DisplayName("entries that the journal lacks are told by notebook, whichever ended first")
  void byNotebook() {
    entry(again, "b").metric("m", 1).save();
    entry(again, "a").metric("m", 1).save();
    assertThat(Journal.at(kept).reproduction(Journal.at(again)).outcomes())
        .extracting(Reproduction.Outcome::title)
        .containsExactly("a", "b");
  }

  @Test
  @DisplayName("other settings are named; each of the settings tried is compared with its own run")
  void settings() {
    entry(kept, "a").option("k", 3).metric("m", 1).save();
    entry(kept, "a").option("k", 4).metric("m", 2).save();
    entry(again, "a").option("k", 3).metric("m", 1).save();
    entry(again, "a").option("k", 5).metric("m", 2).save();
    Reproduction all = Journal.at(kept).reproduction(Journal.at(again));
    assertThat(all.outcomes())
        .extracting(Reproduction.Outcome::state)
        .containsExactly(State.SAME, State.DIFFERS);
    assertThat(all.outcomes().get(1).notes())
        .containsExactly(
            "no run in the journal has these settings; changes since the latest:", "k: 4 → 5");
  }

  @Test
  @DisplayName("a table that changed differs; changed words are only reported")
  void tablesAndWords() {
    entry(kept, "a").table("t", Table.create("t", DoubleColumn.create("x", 1.0))).save();
    entry(again, "a").table("t", Table.create("t", DoubleColumn.create("x", 2.0))).save();
    assertThat(only().state()).isEqualTo(State.DIFFERS);
    assertThat(only().notes()).contains("table 't' differs");
  }

  @Test
  @DisplayName("of several tables of one name, each counts")
  void tablesOfOneName() {
    for (double last : new double[] {2, 3}) {
      entry(last == 2 ? kept : again, "a")
          .table("t", Table.create("t", DoubleColumn.create("x", 1.0)))
          .table("t", Table.create("t", DoubleColumn.create("x", last)))
          .save();
    }
    assertThat(only().state()).isEqualTo(State.DIFFERS);
    assertThat(only().notes()).contains("table 't' differs");
  }

  @Test
  @DisplayName("what is new, what its notebook left out, and what did not run are told apart")
  void others() {
    entry(kept, "a").metric("m", 1).save();
    entry(kept, "b").notebook("notebooks/a.ipynb").metric("m", 1).save();
    entry(kept, "c").metric("m", 1).save();
    entry(again, "a").metric("m", 1).conclusion("Other words.").save();
    entry(again, "d").metric("m", 1).save();
    Reproduction all = Journal.at(kept).reproduction(Journal.at(again));
    assertThat(all.outcomes())
        .extracting(o -> o.title() + " " + o.state())
        .containsExactly("a SAME", "b MISSING", "c NOT_RUN", "d NEW");
    assertThat(all.outcomes().getFirst().notes())
        .containsExactly("the text of the conclusion differs");
    assertThat(all)
        .hasToString(
            "reproduction: 1 the same, 1 not in the journal yet, 1 not written," + " 1 not run");
  }
}
