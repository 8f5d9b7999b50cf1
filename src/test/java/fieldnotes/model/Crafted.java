package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.Encoder;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.table.Samples;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.zip.DeflaterOutputStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Model files made by hand, with a right digest over whatever bytes. */
final class Crafted {
  private Crafted() {}

  /** Writes such a file. */
  static Path file(Path file, byte[] model, byte... after) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write("fieldnotes model\n".getBytes(StandardCharsets.US_ASCII));
    whole.write(4);
    try (OutputStream deflated = new DeflaterOutputStream(whole)) {
      deflated.write(model);
    }
    whole.write(after);
    try {
      whole.write(MessageDigest.getInstance("SHA-256").digest(whole.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return Files.write(file, whole.toByteArray());
  }

  /** A model, or a step that has learnt, as it is saved. */
  static byte[] bytes(Object fitted) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Encoder(new DataOutputStream(bytes)).value(fitted);
    return bytes.toByteArray();
  }

  /**
   * Loads the file. If that is not refused, the model must predict every row of what it says that
   * it needs, unless a number has become so large that another one overflows.
   *
   * @param rows to predict; a column that they lack is made up
   * @return whether it was loaded
   */
  static boolean refusedOrPredicts(Path file, Samples rows) {
    Model<?> model;
    try {
      model = ModelFile.load(file);
    } catch (IOException e) {
      assertThat(e.getMessage())
          .contains(file.getFileName() + ": ")
          .doesNotContainPattern("\\p{Cntrl}")
          .hasSizeLessThan(file.toString().length() + 2000);
      return false;
    }
    Table table = rows.table().copy();
    for (String name : model.made().columns()) {
      if (table.columnNames().stream().noneMatch(name::equals)) {
        Table more = Table.create(table.name());
        table.columns().stream()
            .filter(c -> !c.name().equalsIgnoreCase(name))
            .forEach(more::addColumns);
        more.addColumns(
            DoubleColumn.create(name, DoubleStream.iterate(1, v -> v + 1).limit(rows.rowCount())));
        table = more;
      }
    }
    Object predicted;
    try {
      predicted = model.predict(table);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage())
          .containsPattern(
              "(NaN|Infinity)( for class '[^']*')? at row|needs values above 0|must be one of"
                  + (inOneTable(model.made().columns()) ? "" : "|no column '")
                  + "|temperature=\\S+: these predictions are probabilities");
      return true;
    }
    assertThat(numbers(predicted)).hasSize(each(predicted) * rows.rowCount());
    return true;
  }

  /** Whether a table can have all these columns: it trims names and looks them up in any case. */
  private static boolean inOneTable(List<String> columns) {
    return columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).distinct().count()
            == columns.size()
        && columns.stream().allMatch(c -> c.trim().equals(c));
  }

  /** What a model says, as numbers that can be compared to the bit. */
  static List<Double> numbers(Object predicted) {
    return switch (predicted) {
      case double[] numbers -> Arrays.stream(numbers).boxed().toList();
      case int[] clusters -> Arrays.stream(clusters).mapToObj(c -> (double) c).toList();
      case Classified classes ->
          Arrays.stream(classes.scores()).flatMapToDouble(Arrays::stream).boxed().toList();
      case Rejected rejected -> numbers(rejected.toClassified());
      default -> throw new IllegalStateException("predicts " + predicted.getClass());
    };
  }

  /** How many numbers a model says of each row. */
  static int each(Object predicted) {
    return switch (predicted) {
      case Classified classes -> classes.classes().size();
      case Rejected rejected -> rejected.toClassified().classes().size();
      default -> 1;
    };
  }
}
