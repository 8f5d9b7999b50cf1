package fieldnotes.model;

import fieldnotes.common.Sha256;
import fieldnotes.evaluate.Score;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.columns.Column;

/**
 * SHA-256 of what a kept score is the answer to: every cell of the rows, their target, groups and
 * weights, the score, the library's version; then the rows of a fold, and the learner as it prints
 * itself.
 */
final class QuestionDigest {
  private QuestionDigest() {}

  /** Writes what is digested. */
  private interface Content {
    void to(DataOutputStream out) throws IOException;
  }

  private static String of(Content content) {
    MessageDigest digest = Sha256.digest();
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16))) {
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a digest has nothing that fails
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(Samples rows, Score score) {
    return of(
        out -> {
          text(score.name() + " " + score.getClass().getName(), out);
          text(score instanceof Record ? score.toString() : "", out);
          text(
              Optional.ofNullable(Made.class.getPackage().getImplementationVersion()).orElse(""),
              out);
          texts(rows.features(), out);
          if (rows.isNumeric()) {
            for (double[] row : rows.matrix().values()) {
              numbers(row, out);
            }
          } else {
            for (String name : rows.features()) {
              Column<?> column = Matrix.named(rows.table(), name);
              for (int i = 0; i < rows.rowCount(); i++) {
                text(column.isMissing(i) ? "" : "=" + column.get(i), out);
              }
            }
          }
          text(rows.target(), out);
          texts(rows.classes(), out);
          numbers(rows.hasNumbers() ? rows.numbers() : new double[0], out);
          numbers(rows.weights().orElse(new double[0]), out);
          for (String name : rows.groupNames()) {
            text(name, out);
            texts(rows.groups(name), out);
          }
        });
  }

  static String of(String question, Split split) {
    return of(
        out -> {
          text(question, out);
          wholes(split.train(), out);
          wholes(split.test(), out);
        });
  }

  static String of(String fold, String learner) {
    return Sha256.of(fold + " " + learner);
  }

  private static void texts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text, out);
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void numbers(double[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static void wholes(int[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }
}
