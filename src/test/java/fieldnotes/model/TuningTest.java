package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.FaultyFiles;
import fieldnotes.common.FaultyFiles.Fault;
import fieldnotes.common.Progress;
import fieldnotes.common.Warned;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.Search.Draw;
import fieldnotes.regress.Linear;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
  private static final Samples ROWS = PipelineTest.ROWS.withFeatures(List.of("b", "c"));
  private static final List<Setting> SETTINGS =
      Search.grid(Map.of("alpha", List.of(0.1, 1.0, 10.0)));

  @TempDir Path folder;

  /** Ridge regression that tells when it is fitted. */
  private record Told(double alpha, Consumer<Double> when) implements Learner<double[], Linear> {
    @Override
    public Linear fit(Samples rows) {
      when.accept(alpha);
      return Regressors.ridge(alpha).fit(rows);
    }

    @Override
    public String toString() {
      return "told ridge " + alpha;
    }
  }

  private static Tuning tuning(Consumer<Double> when, Samples rows, Score score) {
    return Tuning.of(s -> new Told(s.number("alpha"), when), rows, Folds.of(4), score);
  }

  private static Tuning tuning(Consumer<Double> when) {
    return tuning(when, ROWS, Scores.rmse());
  }

  private static int fits(Tuning tuning, AtomicInteger fits) {
    fits.set(0);
    tuning.over(SETTINGS);
    return fits.get();
  }

  @Test
  @DisplayName("a second search fits only what the file lacks, and a changed question all")
  void takenUp() throws IOException {
    Path file = folder.resolve("new").resolve("ridge.search");
    AtomicInteger fits = new AtomicInteger();
    Consumer<Double> count = alpha -> fits.incrementAndGet();
    Search plain = tuning(count).over(SETTINGS);
    assertThat(fits).hasValue(12);
    Tuning kept = tuning(count).keptIn(file.toString());
    fits.set(0);
    kept.over(SETTINGS.subList(0, 2));
    assertThat(fits).hasValue(8);
    fits.set(0);
    assertThat(kept.over(SETTINGS)).isEqualTo(plain);
    assertThat(fits).as("the third setting only").hasValue(4);
    assertThat(Files.readAllLines(file))
        .hasSize(13)
        .startsWith("fieldnotes search, format 1")
        .last()
        .asString()
        .contains(" {alpha=10.0} fold ")
        .endsWith(": told ridge 10.0");
    assertThat(fits(kept, fits)).isZero();
    assertThat(fits(tuning(count, ROWS, Scores.mae()).keptIn(file), fits)).isEqualTo(12);
    double[] numbers = ROWS.numbers();
    numbers[0]++;
    Samples moved = ROWS.withTarget("price", numbers);
    assertThat(fits(tuning(count, moved, Scores.rmse()).keptIn(file), fits)).isEqualTo(12);
    double[] weights = {1, 1, 1, 1, 1, 1, 1, 2};
    Samples weighted = ROWS.withWeights(weights);
    assertThat(fits(tuning(count, weighted, Scores.rmse()).keptIn(file), fits)).isEqualTo(12);
    Tuning otherFolds =
        Tuning.of(
            s -> new Told(s.number("alpha"), count), ROWS, Folds.shuffled(4, 1), Scores.rmse());
    assertThat(fits(otherFolds.keptIn(file), fits)).isEqualTo(12);
    assertThat(fits(kept, fits)).as("all are there").isZero();
  }

  @Tag("long")
  @Test
  @DisplayName(
      "whichever operation on the file fails, the search is whole or says why; then it goes on")
  void eachOperation() throws IOException {
    Search whole = tuning(alpha -> {}).over(SETTINGS);
    FaultyFiles none = new FaultyFiles();
    assertThat(tuning(alpha -> {}).keptIn(none.path(folder.resolve("n.search"))).over(SETTINGS))
        .isEqualTo(whole);
    int operations = none.operations().size();
    assertThat(operations).isGreaterThan(3 * 12);
    AtomicInteger fits = new AtomicInteger();
    for (Fault fault : Fault.values()) {
      for (int at = 0; at < operations; at += at < 12 ? 1 : 5) {
        Path file = folder.resolve("%s-%d.search".formatted(fault, at));
        FaultyFiles faulty = new FaultyFiles(at, fault, at % 2 == 0);
        boolean ended = true;
        try (Warned _ = new Warned()) {
          assertThat(tuning(alpha -> {}).keptIn(faulty.path(file)).over(SETTINGS)).isEqualTo(whole);
        } catch (UncheckedIOException e) {
          ended = false;
          assertThat(e.getMessage()).contains(file.getFileName().toString());
        }
        int kept = Files.exists(file) ? (int) Files.readAllLines(file).stream().skip(1).count() : 0;
        try (Warned _ = new Warned()) {
          assertThat(fits(tuning(alpha -> fits.incrementAndGet()).keptIn(file), fits))
              .as("%s at %d, %d lines kept, ended %s", fault, at, kept, ended)
              .isBetween(12 - kept, 12 - Math.max(0, kept - 1));
          assertThat(fits(tuning(alpha -> fits.incrementAndGet()).keptIn(file), fits)).isZero();
        }
      }
    }
  }

  @Test
  @DisplayName("a line that was cut off is dropped with a warning, a damaged one skipped")
  void damage() throws IOException {
    Path file = folder.resolve("a.search");
    AtomicInteger fits = new AtomicInteger();
    Tuning kept = tuning(alpha -> fits.incrementAndGet()).keptIn(file);
    Search whole = kept.over(SETTINGS);
    byte[] bytes = Files.readAllBytes(file);
    for (int cut : new int[] {1, 30, 90}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
      try (Warned warned = new Warned()) {
        fits.set(0);
        assertThat(kept.over(SETTINGS)).isEqualTo(whole);
        assertThat(fits).hasValue(1);
        assertThat(warned.lines())
            .containsExactly(
                file + ": the last line was cut off and is dropped; its fit is run again");
      }
      assertThat(Files.readAllLines(file)).hasSize(13);
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(3, lines.get(3).replace(" ", "_"));
    Files.write(file, lines);
    try (Warned warned = new Warned()) {
      fits.set(0);
      assertThat(kept.over(SETTINGS)).isEqualTo(whole);
      assertThat(fits).hasValue(1);
      assertThat(warned.lines()).containsExactly(file + ": line 4 cannot be read and is skipped");
    }
    Files.write(file, Arrays.copyOf(bytes, 5)); // stopped while the first line was written
    assertThat(fits(kept, fits)).isEqualTo(12);
    Files.write(file, new byte[0]);
    assertThat(fits(kept, fits)).isEqualTo(12);
  }

  @Test
  @DisplayName("a search that is interrupted keeps what was scored and is taken up again")
  void interrupted() throws Exception {
    Path file = folder.resolve("b.search");
    CountDownLatch reached = new CountDownLatch(1);
    AtomicInteger fits = new AtomicInteger();
    Consumer<Double> stuck =
        alpha -> {
          if (alpha == 10.0) {
            reached.countDown();
            while (true) {
              Progress.stopIfInterrupted();
              Thread.onSpinWait();
            }
          }
          fits.incrementAndGet();
        };
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread search =
        new Thread(
            () -> {
              try {
                tuning(stuck).keptIn(file).over(SETTINGS);
              } catch (CancellationException e) {
                thrown.set(e);
              }
            });
    search.start();
    reached.await();
    search.interrupt();
    search.join();
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    AtomicInteger more = new AtomicInteger();
    Search found = tuning(alpha -> more.incrementAndGet()).keptIn(file).over(SETTINGS);
    assertThat(found).isEqualTo(tuning(alpha -> {}).over(SETTINGS));
    assertThat(more.get() + fits.get()).isBetween(12, 13); // one may have ended after the stop
    assertThat(more.get()).isBetween(4, 6);
  }

  @Test
  void aFileThatIsNoSearchIsLeftAlone() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n");
    Tuning kept = tuning(alpha -> {}).keptIn(table);
    assertThatThrownBy(() -> kept.over(SETTINGS))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("t.csv: is no file of a search: choose a new name");
    assertThat(table).hasContent("a,b\n1,2\n");
    assertThatThrownBy(() -> tuning(alpha -> {}).keptIn(folder).over(SETTINGS))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void oneSearchAtATimeWritesToAFile() throws IOException {
    Path file = folder.resolve("c.search");
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    Tuning kept =
        tuning(
                alpha -> {
                  try {
                    tuning(a -> {}).keptIn(file).over(SETTINGS);
                  } catch (UncheckedIOException e) {
                    thrown.add(e);
                  }
                })
            .keptIn(file);
    kept.over(SETTINGS.subList(0, 1));
    assertThat(thrown)
        .hasSize(4)
        .allSatisfy(
            e -> assertThat(e).hasMessageContaining("another search is writing to it: wait, or"));
    Files.writeString(file, "torn", StandardOpenOption.APPEND);
    try (Warned warned = new Warned()) {
      assertThat(kept.over(SETTINGS.subList(0, 1)).candidates()).hasSize(1);
      assertThat(warned.lines()).hasSize(1);
    }
  }

  @Test
  @DisplayName("an adaptive search that is taken up again asks nothing twice, on any threads")
  void adaptiveSearchesAreTakenUp() {
    Map<String, Draw> space = Map.of("alpha", Draw.logUniform(1e-3, 1e3));
    AtomicInteger fits = new AtomicInteger();
    Tuning plain = tuning(alpha -> fits.incrementAndGet());
    Tuning kept = plain.keptIn(folder.resolve("d.search"));
    Search bayesian = kept.bayesian(Bayesian.of(space, 12, 1));
    Search genetic = kept.genetic(Genetic.of(space, 12, 1));
    assertThat(bayesian.candidates()).hasSize(12).doesNotHaveDuplicates();
    assertThat(genetic.candidates()).hasSize(12).doesNotHaveDuplicates();
    fits.set(0);
    assertThat(kept.bayesian(Bayesian.of(space, 12, 1))).isEqualTo(bayesian);
    assertThat(kept.genetic(Genetic.of(space, 12, 1))).isEqualTo(genetic);
    assertThat(fits).hasValue(0);
    assertThat(on(1, () -> plain.bayesian(Bayesian.of(space, 12, 1)))).isEqualTo(bayesian);
    assertThat(on(7, () -> plain.genetic(Genetic.of(space, 12, 1)))).isEqualTo(genetic);
  }

  private static <T> T on(int threads, Supplier<T> work) {
    String before = System.getProperty("fieldnotes.threads");
    System.setProperty("fieldnotes.threads", String.valueOf(threads));
    try {
      return work.get();
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
  }

  @Test
  @DisplayName("its progress says how many fits there are, and counts those that were kept")
  void progress() {
    List<String> shown = Collections.synchronizedList(new ArrayList<>());
    Progress.showOn(
        (task, done, total, left, note, seconds, finished) -> {
          if (finished && task.startsWith("search")) {
            shown.add(task + " " + done + "/" + total);
          }
        });
    try {
      Tuning kept = tuning(alpha -> {}).keptIn(folder.resolve("e.search"));
      kept.over(SETTINGS.subList(0, 1));
      kept.over(SETTINGS);
      kept.halving(SETTINGS, Halving.of(1).withMinRows(4).withFactor(2));
    } finally {
      Progress.showOn((task, done, total, left, note, seconds, finished) -> {});
    }
    assertThat(shown)
        .containsExactly("search: 4 fits 4/4", "search: 12 fits 12/12", "search: 20 fits 20/20");
  }

  @Test
  void halvingPrintsItsRoundsAndSaysWhatIsWrong() {
    Tuning tuning = tuning(alpha -> {});
    Halving.Rounds rounds = tuning.halving(SETTINGS, Halving.of(1).withMinRows(4).withFactor(2));
    assertThat(rounds.rows()).containsExactly(4, 8);
    assertThat(rounds).asString().startsWith("halving: [3, 2] settings on [4, 8] rows; last");
    assertThat(rounds.table().columnNames()).startsWith("round", "rows", "setting", "alpha");
    assertThat(rounds.table().intColumn("round").asList()).containsExactly(0, 0, 0, 1, 1);
    assertThat(rounds.table().intColumn("rows").asList()).containsExactly(4, 4, 4, 8, 8);
    assertThat(Halving.of(1).withFewestRows().withAggressiveElimination())
        .hasToString("halving by 3, from the fewest rows, eliminating aggressively (seed 1)");
    assertThatThrownBy(() -> tuning.halving(SETTINGS, Halving.of(1).withMinRows(9)))
        .hasMessage("the first round needs 9 rows, but 't' has 8: choose fewer folds or minRows");
    assertThatThrownBy(() -> tuning.halving(SETTINGS, Halving.of(1).withMinRows(2)))
        .hasMessageStartingWith("a share of 0.25 leaves none of the 2 rows of a fold");
    assertThatThrownBy(() -> tuning.halving(List.of(), Halving.of(1)))
        .hasMessage("settings is empty");
    assertThatThrownBy(() -> Halving.of(1).withFactor(1)).hasMessageContaining("at least 2");
  }
}
