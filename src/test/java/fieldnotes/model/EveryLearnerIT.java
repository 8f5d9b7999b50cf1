package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fieldnotes.common.Decoder;
import fieldnotes.evaluate.Outcome;
import fieldnotes.math.NumpyRandom;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What holds for every learner and every step of the library. They are found by reflection: one
 * without an example in {@link Examples} fails the first test.
 *
 * @see "check_estimator of scikit-learn"
 */
class EveryLearnerIT {
  private static final int ROWS = 40;

  /** How many bytes are changed, one by one, in the files of each learner and step. */
  private static final int CHANGES = Integer.getInteger("fieldnotes.changes", 60);

  @TempDir Path folder;

  /** Forty rows in three groups: four columns above 0, numbers and classes to predict. */
  static Samples rows() {
    NumpyRandom random = NumpyRandom.of(7);
    double[][] x = new double[ROWS][];
    double[] numbers = new double[ROWS];
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int group = i % 3;
      x[i] =
          new double[] {
            5 + 3 * group + random.normal() / 4,
            9 - 2 * group + random.normal() / 4,
            1 + random.uniform(),
            20 + random.normal()
          };
      numbers[i] = 2 * x[i][0] - x[i][1] + random.normal() / 10;
      classes.add("class " + "bca".charAt(group));
    }
    return Samples.of(Matrix.of(List.of("p", "q", "r", "s"), x), numbers)
        .withGroups("class", classes);
  }

  static Samples forWhat(Object what, Samples rows) {
    Samples chosen = rows.withFeatures(Examples.columns(what, rows.features()));
    return Examples.learnsClasses(what) ? chosen.withClasses(rows.groups("class")) : chosen;
  }

  static List<Supplier<? extends Learner<?, ?>>> learners() {
    return Examples.LEARNERS;
  }

  static List<Supplier<? extends Step<?>>> steps() {
    return Examples.STEPS;
  }

  @Test
  @DisplayName("every learner and every step of the library is tried here")
  void noneEscapes() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fieldnotes");
    assertThat(found(house, Learner.class))
        .isEqualTo(names(Examples.LEARNERS.stream().map(Supplier::get).toList()));
    assertThat(found(house, Step.class))
        .isEqualTo(names(Examples.STEPS.stream().map(Supplier::get).toList()));
  }

  private static Set<String> found(JavaClasses house, Class<?> kind) {
    return house.stream()
        .filter(c -> c.isAssignableTo(kind) && !c.isInterface())
        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(List<?> examples) {
    return examples.stream()
        .map(e -> e.getClass().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static <T> T with(int threads, Supplier<T> work) {
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

  @ParameterizedTest
  @MethodSource("learners")
  void equalLearnersFitEqualModelsOnAnyNumberOfThreads(Supplier<? extends Learner<?, ?>> make)
      throws IOException {
    Learner<?, ?> learner = make.get();
    assertThat(learner).isEqualTo(make.get()).hasSameHashCodeAs(make.get());
    assertThat(learner.toString()).doesNotContain("@", "fieldnotes.");
    Samples rows = forWhat(learner, rows());
    byte[] one = Crafted.bytes(with(1, () -> learner.fit(rows)));
    assertThat(Crafted.bytes(with(1, () -> make.get().fit(rows)))).isEqualTo(one);
    assertThat(Crafted.bytes(with(8, () -> learner.fit(rows)))).isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void itsModelsAreSavedAndDamageIsRefused(Supplier<? extends Learner<?, ?>> make)
      throws IOException {
    Samples rows = forWhat(make.get(), rows());
    Model<?> model = make.get().fit(rows);
    Path file = model.save(folder.resolve("it.model"));
    Model<?> back = ModelFile.load(file);
    assertThat(Crafted.numbers(back.predict(rows))).isEqualTo(Crafted.numbers(model.predict(rows)));
    assertThat(back.made()).isEqualTo(model.made());
    assertThat(back).hasToString(model.toString());
    byte[] good = Files.readAllBytes(file);
    NumpyRandom random = NumpyRandom.of(3);
    int flips = Integer.getInteger("fieldnotes.flips", 0) / Examples.LEARNERS.size();
    for (int f = 0; f < Math.max(20, flips); f++) {
      byte[] bad = good.clone();
      int bit = random.upTo(good.length * 8 - 1);
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThatThrownBy(() -> ModelFile.load(file))
          .as("bit %d", bit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it.model: ");
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void itsModelsFindTheirColumnsByName(Supplier<? extends Learner<?, ?>> make) {
    Samples rows = forWhat(make.get(), rows());
    Model<?> model = make.get().fit(rows);
    assertThat(model.made().columns()).isEqualTo(rows.features());
    assertThat(model.made().rows()).isEqualTo(ROWS);
    assertThat(model.made().learner()).isEqualTo(make.get().toString());
    Matrix x = rows.matrix();
    List<Double> said = Crafted.numbers(model.predict(x));
    List<String> turned = new ArrayList<>(x.names());
    Collections.reverse(turned);
    assertThat(Crafted.numbers(model.predict(x.select(turned))))
        .as("another order")
        .isEqualTo(said);
    Matrix more = Matrix.of(List.of("more"), new double[ROWS][1]).beside(x);
    assertThat(Crafted.numbers(model.predict(more))).as("a column more").isEqualTo(said);
    assertThat(Crafted.numbers(model.predict(more.toTable("t")))).as("a table").isEqualTo(said);
    assertThat(Crafted.numbers(model.predict(rows))).as("samples").isEqualTo(said);
    Matrix less = x.select(x.names().subList(1, x.columnCount()));
    assertThatThrownBy(() -> model.predict(less))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + x.names().getFirst() + "'");
  }

  @ParameterizedTest
  @MethodSource("learners")
  void hostileRows(Supplier<? extends Learner<?, ?>> make) {
    Learner<?, ?> learner = make.get();
    Samples rows = forWhat(learner, rows());
    Model<?> model = learner.fit(rows);
    double[][] holed =
        Arrays.stream(rows.matrix().values()).map(double[]::clone).toArray(double[][]::new);
    holed[5][0] = Double.NaN;
    Matrix x = Matrix.of(rows.features(), holed);
    if (!Examples.takesMissing(learner)) {
      assertThatThrownBy(() -> model.predict(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NaN at row 5, column");
      assertThatThrownBy(() -> learner.fit(rows.withFeatures(x)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NaN at row 5, column");
    }
    fitsOrSaysWhy(learner, rows.rows(new int[] {0}));
    fitsOrSaysWhy(learner, rows.rows(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
    for (double[] row : holed) {
      row[0] = 4;
    }
    fitsOrSaysWhy(learner, rows.withFeatures(Matrix.of(rows.features(), holed)));
    assertThatThrownBy(() -> learner.fit(rows.rows(new int[0])))
        .isInstanceOf(IllegalArgumentException.class);
    if (Examples.learnsClasses(learner)) {
      assertThatThrownBy(() -> learner.fit(rows.withClasses(Collections.nCopies(ROWS, "only"))))
          .hasMessageContaining("needs rows of at least two classes");
      List<String> some = new ArrayList<>(rows.classes());
      some.set(3, "");
      if (Examples.takesUnlabelled(learner)) {
        Model<?> fitted = learner.fit(rows.withClasses(some));
        assertThat(fitted.made().rows()).isEqualTo(ROWS);
        assertThat(Crafted.numbers(fitted.predict(rows))).allSatisfy(v -> assertThat(v).isFinite());
      } else {
        assertThatThrownBy(() -> learner.fit(rows.withClasses(some)))
            .hasMessageContaining("row 3 of")
            .hasMessageContaining("has no class");
      }
    }
    double[] weights = new double[ROWS];
    Arrays.setAll(weights, i -> 1 + i % 2);
    fitsOrSaysWhy(learner, rows.withWeights(weights));
  }

  private static void fitsOrSaysWhy(Learner<?, ?> learner, Samples rows) {
    Model<?>[] model = new Model<?>[1];
    Throwable why = catchThrowable(() -> model[0] = learner.fit(rows));
    if (why == null) {
      assertThat(Crafted.numbers(model[0].predict(rows))).allSatisfy(v -> assertThat(v).isFinite());
    } else {
      assertThat(why).isInstanceOf(IllegalArgumentException.class);
      assertThat(why.getMessage()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void equalStepsLearnEqualOnAnyNumberOfThreadsAndAreSaved(Supplier<? extends Step<?>> make)
      throws IOException {
    Step<?> step = make.get();
    assertThat(step).isEqualTo(make.get()).hasSameHashCodeAs(make.get());
    assertThat(step.toString()).doesNotContain("@", "fieldnotes.");
    Samples rows = forWhat(step, rows());
    Step.Fitted fitted = with(1, () -> step.fit(rows));
    byte[] one = Crafted.bytes(fitted);
    assertThat(Crafted.bytes(with(8, () -> make.get().fit(rows)))).isEqualTo(one);
    Step.Fitted back =
        new Decoder(new DataInputStream(new ByteArrayInputStream(one))).value(Step.Fitted.class);
    assertThat(back.apply(rows.matrix())).isEqualTo(fitted.apply(rows.matrix()));
    assertThat(back).hasToString(fitted.toString());
    assertThat(Crafted.bytes(back)).isEqualTo(one);
    for (int length = 0; length < one.length; length += 7) {
      byte[] cut = Arrays.copyOf(one, length);
      assertThatThrownBy(
              () ->
                  new Decoder(new DataInputStream(new ByteArrayInputStream(cut)))
                      .value(Step.Fitted.class))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void stepsFindTheirColumnsByName(Supplier<? extends Step<?>> make) {
    Samples rows = forWhat(make.get(), rows());
    Step.Fitted fitted = make.get().fit(rows);
    Matrix x = rows.matrix();
    Matrix made = fitted.apply(x);
    assertThat(made.rowCount()).isEqualTo(ROWS);
    List<String> turned = new ArrayList<>(x.names());
    Collections.reverse(turned);
    assertThat(fitted.apply(x.select(turned))).as("another order").isEqualTo(made);
    Matrix more = Matrix.of(List.of("more"), new double[ROWS][1]).beside(x);
    assertThat(fitted.apply(more)).as("a column more").isEqualTo(made);
    assertThat(fitted.matrix(more.toTable("t"))).as("a table").isEqualTo(made);
    assertThat(fitted.apply(rows).matrix()).as("samples").isEqualTo(made);
    assertThat(fitted.apply(rows).numbers()).containsExactly(rows.numbers());
    assertThat(fitted.apply(rows.rows(new int[] {4})).matrix())
        .as("a row alone")
        .isEqualTo(made.rows(new int[] {4}));
    String needed = fitted.columns().getFirst();
    List<String> left = new ArrayList<>(x.names());
    left.remove(needed);
    assertThatThrownBy(() -> fitted.apply(x.select(left)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + needed + "'");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void stepsOnHostileRows(Supplier<? extends Step<?>> make) {
    Step<?> step = make.get();
    Samples rows = forWhat(step, rows());
    double[][] holed =
        Arrays.stream(rows.matrix().values()).map(double[]::clone).toArray(double[][]::new);
    holed[5][0] = Double.NaN;
    appliesOrSaysWhy(step, rows.withFeatures(Matrix.of(rows.features(), holed)));
    appliesOrSaysWhy(step, rows.rows(new int[] {0}));
    for (double[] row : holed) {
      row[0] = 4;
    }
    appliesOrSaysWhy(step, rows.withFeatures(Matrix.of(rows.features(), holed)));
    holed[5][0] = Double.POSITIVE_INFINITY;
    appliesOrSaysWhy(step, rows.withFeatures(Matrix.of(rows.features(), holed)));
    assertThat(catchThrowable(() -> step.fit(rows.rows(new int[0]))))
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(),
            e -> assertThat(e).isInstanceOf(IllegalArgumentException.class));
  }

  private static void appliesOrSaysWhy(Step<?> step, Samples rows) {
    Throwable why = catchThrowable(() -> step.fit(rows).apply(rows));
    if (why != null) {
      assertThat(why).isInstanceOf(IllegalArgumentException.class);
      assertThat(why.getMessage()).isNotBlank();
    }
  }

  /** The rows with one more feature, of words, which is missing in one row. */
  private static Samples withWords(Samples rows) {
    Table table = rows.table().copy();
    StringColumn words = StringColumn.create("words");
    for (int i = 0; i < ROWS; i++) {
      words.append(i == 7 ? "" : "x" + i % 4);
    }
    table.addColumns(words);
    List<String> features = new ArrayList<>(rows.features());
    features.add("words");
    return rows.withTable(table, features);
  }

  @ParameterizedTest
  @MethodSource("learners")
  @DisplayName("with a column of words: refused by itself, learnt from behind a preparation")
  void wordsAmongTheColumns(Supplier<? extends Learner<?, ?>> make) throws IOException {
    Samples rows = withWords(forWhat(make.get(), rows()));
    assertThatThrownBy(() -> make.get().fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'words'");
    if (Examples.namesColumns(make.get())) {
      return; // they are called otherwise behind a preparation
    }
    Columns columns = Columns.of().withCategories("w", "words").withRemainder(Scaler.minMax());
    List<String> given = new ArrayList<>(rows.features());
    for (Pipeline<?, ?> pipeline :
        List.of(
            Pipeline.of(Missing.mean(), make.get()).withStep(columns),
            Pipeline.of(Steps.of(Missing.mean(), columns), make.get()))) {
      Model<?> model = pipeline.fit(rows);
      assertThat(model.made().columns()).isEqualTo(given);
      List<Double> said = Crafted.numbers(model.predict(rows));
      int each = Crafted.each(model.predict(rows));
      assertThat(each).isGreaterThanOrEqualTo(Math.max(1, model.made().classes().size()));
      assertThat(said).hasSize(ROWS * each);
      assertThat(Crafted.numbers(model.predict(rows.table()))).as("a table").isEqualTo(said);
      assertThat(Crafted.numbers(model.predict(rows.rows(new int[] {7}))))
          .as("a row alone")
          .isEqualTo(said.subList(7 * said.size() / ROWS, 8 * said.size() / ROWS));
      Model<?> back = ModelFile.load(model.save(folder.resolve("words.model")));
      assertThat(Crafted.numbers(back.predict(rows))).as("loaded").isEqualTo(said);
      assertThat(model.judge(rows)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  @DisplayName("a file with a right digest over changed bytes: refused, or it predicts every row")
  void craftedFiles(Supplier<? extends Learner<?, ?>> make) throws IOException {
    Samples rows = forWhat(make.get(), rows());
    byte[] good = Crafted.bytes(make.get().fit(rows));
    changedBytes(good, rows, 13);
  }

  @ParameterizedTest
  @MethodSource("steps")
  @DisplayName("behind a step with its changed bytes, a model predicts every row or is refused")
  void craftedSteps(Supplier<? extends Step<?>> make) throws IOException {
    Samples rows = forWhat(make.get(), rows());
    byte[] good = Crafted.bytes(Pipeline.of(make.get(), Regressors.leastSquares()).fit(rows));
    changedBytes(good, rows, 17);
  }

  private void changedBytes(byte[] good, Samples rows, long seed) throws IOException {
    NumpyRandom random = NumpyRandom.of(seed);
    Path file = folder.resolve("crafted.model");
    assertThat(Crafted.refusedOrPredicts(Crafted.file(file, good), rows)).isTrue();
    for (int t = 0; t < CHANGES; t++) {
      byte[] bad = good.clone();
      bad[random.upTo(good.length - 1)] = (byte) random.upTo(255);
      Crafted.refusedOrPredicts(Crafted.file(file, bad), rows);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  @DisplayName("a step says which columns it makes, leaves words alone, and does the same to all")
  void stepsAmongWords(Supplier<? extends Step<?>> make) {
    Samples numbers = forWhat(make.get(), rows());
    Step.Fitted plain = make.get().fit(numbers);
    assertThat(plain.apply(numbers.matrix()).names()).isEqualTo(plain.outputs());
    assertThat(plain.keepsRows()).isEqualTo(make.get().keepsRows());
    Samples rows = withWords(numbers);
    Step.Fitted fitted = make.get().fit(rows);
    assertThat(fitted.matrix(rows.table()).names()).isEqualTo(fitted.outputs());
    Samples after = fitted.apply(rows);
    boolean encodes = fitted.columns().contains("words");
    assertThat(after.features().contains("words")).isEqualTo(!encodes && fitted.keepsOthers());
    List<String> expected = new ArrayList<>(fitted.outputs());
    if (!encodes && fitted.keepsOthers()) {
      expected.add("words");
    }
    assertThat(after.features()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(after.rowCount()).isEqualTo(ROWS);
    // and before another step, in a sequence as in a pipeline
    Columns then =
        after.features().contains("words")
            ? Columns.of().withCategories("w", "words").withRemainder()
            : Columns.of().withRemainder();
    var pipeline = Pipeline.of(make.get(), Regressors.leastSquares()).withStep(then).fit(rows);
    var sequence = Pipeline.of(Steps.of(make.get(), then), Regressors.leastSquares()).fit(rows);
    double[] said = ((Outcome.Numbers) pipeline.judge(rows)).predicted();
    assertThat(said).hasSize(ROWS);
    assertThat(pipeline.predict(rows.table())).containsExactly(said);
    assertThat(sequence.predict(rows.table())).containsExactly(said);
    assertThat(sequence.predict(rows)).containsExactly(said);
  }
}
