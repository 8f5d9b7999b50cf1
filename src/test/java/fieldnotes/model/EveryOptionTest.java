package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.Decoder;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.evaluate.Scores;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for the records of every learner and step, and for what they give: an option that
 * changes shows in the text, results cannot be written to, and no country's digits get in.
 */
class EveryOptionTest {
  @TempDir Path folder;

  static List<Supplier<? extends Learner<?, ?>>> learners() {
    return Examples.LEARNERS;
  }

  static List<Supplier<? extends Step<?>>> steps() {
    return Examples.STEPS;
  }

  @Test
  @DisplayName("another value of any option of any learner or step makes another text")
  void textsKnowEveryOption() throws ReflectiveOperationException {
    List<Record> all = new ArrayList<>();
    Examples.LEARNERS.forEach(make -> all.add((Record) make.get()));
    Examples.STEPS.forEach(make -> all.add((Record) make.get()));
    Set<String> components = new TreeSet<>();
    Set<String> changed = new TreeSet<>();
    for (Record one : all) {
      RecordComponent[] parts = one.getClass().getRecordComponents();
      for (int at = 0; at < parts.length; at++) {
        String name = one.getClass().getName() + "." + parts[at].getName();
        components.add(name);
        for (Object other : others(one, at)) {
          changed.add(name);
          assertThat(other.toString()).as("%s of %s", name, one).isNotEqualTo(one.toString());
        }
      }
    }
    assertThat(changed).as("each could be given another value").isEqualTo(components);
  }

  /** The record with other values of a component, as far as its constructor takes them. */
  private static List<Object> others(Record one, int at) throws ReflectiveOperationException {
    Object[] values = values(one);
    List<Object> found = new ArrayList<>();
    for (Object value : others(values[at])) {
      Object[] changed = values.clone();
      changed[at] = value;
      try {
        found.add(constructor(one).newInstance(changed));
      } catch (InvocationTargetException e) {
        assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
      }
    }
    return found;
  }

  private static Object[] values(Record one) throws ReflectiveOperationException {
    RecordComponent[] components = one.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      components[i].getAccessor().setAccessible(true);
      values[i] = components[i].getAccessor().invoke(one);
    }
    return values;
  }

  private static Constructor<?> constructor(Record one) throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(one.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = one.getClass().getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private static List<Object> others(Object value) throws ReflectiveOperationException {
    List<Object> found = new ArrayList<>();
    switch (value) {
      case null -> found.add(List.of(Scaler.standard()));
      case Boolean b -> found.add(!b);
      case Integer i -> found.addAll(List.of(i + 1, i + 2, i - 1));
      case Long l -> found.add(l + 1);
      case Double d -> found.addAll(d == 0 ? List.of(-0.5, 0.5) : List.of(d * 2, d / 2));
      case String s -> found.add(s + " else");
      case Folds folds -> found.add(folds.equals(Folds.of(2)) ? Folds.of(3) : Folds.of(2));
      case Score score ->
          found.add(score.equals(Scores.logLoss()) ? Scores.accuracy() : Scores.logLoss());
      case Enum<?> e -> {
        found.addAll(List.of(e.getDeclaringClass().getEnumConstants()));
        found.remove(e);
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          for (Object other : others(list.get(i))) {
            List<Object> changed = new ArrayList<>(list);
            changed.set(i, other);
            found.add(changed);
          }
        }
        if (!list.isEmpty()) {
          found.add(list.subList(0, list.size() - 1));
        }
      }
      case Map<?, ?> _ -> found.addAll(List.of(Map.of("else", 2.0), Map.of("other", 3.0)));
      case OptionalLong number -> found.add(OptionalLong.of(number.orElse(0) + 1));
      case Record one -> {
        for (int at = 0; at < one.getClass().getRecordComponents().length; at++) {
          found.addAll(others(one, at));
        }
      }
      default -> throw new IllegalStateException("no other value of " + value.getClass());
    }
    return found;
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("learners")
  void aModelIsOneWithItsLoadedCopyAndCannotBeWrittenTo(Supplier<? extends Learner<?, ?>> make)
      throws IOException, ReflectiveOperationException {
    Samples rows = EveryLearnerIT.forWhat(make.get(), EveryLearnerIT.rows());
    Model<?> model = make.get().fit(rows);
    Model<?> back = ModelFile.load(model.save(folder.resolve("it.model")));
    assertThat(back).isEqualTo(model).hasSameHashCodeAs(model);
    List<Double> said = Crafted.numbers(model.predict(rows));
    cannotBeWrittenTo((Record) model);
    assertThat(Crafted.numbers(model.predict(rows))).isEqualTo(said);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aStepIsOneWithItsLoadedCopyAndCannotBeWrittenTo(Supplier<? extends Step<?>> make)
      throws IOException, ReflectiveOperationException {
    Samples rows = EveryLearnerIT.forWhat(make.get(), EveryLearnerIT.rows());
    Step.Fitted fitted = make.get().fit(rows);
    byte[] bytes = Crafted.bytes(fitted);
    Step.Fitted back =
        new Decoder(new DataInputStream(new ByteArrayInputStream(bytes))).value(Step.Fitted.class);
    assertThat(back).isEqualTo(fitted).hasSameHashCodeAs(fitted);
    Matrix made = fitted.apply(rows.matrix());
    cannotBeWrittenTo((Record) fitted);
    assertThat(fitted.apply(rows.matrix())).isEqualTo(made);
  }

  /** Writes over what the accessors give, and over what a copy was made of. */
  private static void cannotBeWrittenTo(Record result)
      throws IOException, ReflectiveOperationException {
    byte[] before = Crafted.bytes(result);
    Object[] values = values(result);
    Object copy = constructor(result).newInstance(values);
    for (Object value : values) {
      scribble(value);
    }
    assertThat(Crafted.bytes(result)).as("what it gives").isEqualTo(before);
    assertThat(Crafted.bytes(copy)).as("what it is made of").isEqualTo(before);
  }

  private static void scribble(Object value) throws IOException, ReflectiveOperationException {
    switch (value) {
      case double[] numbers -> Arrays.fill(numbers, 1e9);
      case int[] numbers -> Arrays.fill(numbers, 77);
      case double[][] rows -> {
        for (double[] row : rows) {
          scribble(row);
        }
      }
      case List<?> list -> {
        for (Object one : list) {
          scribble(one);
        }
      }
      case Matrix _ -> {} // shares its rows by design
      case Record one when one instanceof Model<?> || one instanceof Step.Fitted ->
          cannotBeWrittenTo(one);
      default -> {}
    }
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("learners")
  void modelsAreTheSameInEveryCountry(Supplier<? extends Learner<?, ?>> make) throws IOException {
    Samples rows = EveryLearnerIT.forWhat(make.get(), EveryLearnerIT.rows());
    Model<?> here = make.get().fit(rows);
    String text = here + " by " + make.get() + " for " + here.made();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      Model<?> there = make.get().fit(rows);
      assertThat(there + " by " + make.get() + " for " + there.made()).isEqualTo(text);
      assertThat(Crafted.bytes(there)).isEqualTo(Crafted.bytes(here));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void stepsAreTheSameInEveryCountry(Supplier<? extends Step<?>> make) throws IOException {
    Samples rows = EveryLearnerIT.forWhat(make.get(), EveryLearnerIT.rows());
    Step.Fitted here = make.get().fit(rows);
    String text = here + " by " + make.get();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      Step.Fitted there = make.get().fit(rows);
      assertThat(there + " by " + make.get()).isEqualTo(text);
      assertThat(Crafted.bytes(there)).isEqualTo(Crafted.bytes(here));
    } finally {
      Locale.setDefault(before);
    }
  }
}
