package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Encoder;
import fieldnotes.housing.NeighbourTarget;
import fieldnotes.math.NumpyRandom;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.regress.Regressors;
import fieldnotes.regress.Selection;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Samples ROWS = PipelineTest.ROWS;

  @TempDir Path folder;

  private static Pipeline.Fitted<double[], ?> fitted() {
    return Pipeline.of(
            PipelineTest.COLUMNS.with("place", List.of("b", "c"), NeighbourTarget.of(2, true)),
            Regressors.forest(ForestOptions.of(3).withTrees(7)))
        .withStep(Selection.of(ForestOptions.of(3).withTrees(5), 0.001))
        .fit(ROWS);
  }

  @Test
  void theSameModelGivesTheSameBytesAndComesBackEqual() throws IOException {
    Path file = folder.resolve("deep/in/a.model");
    fitted().save(file);
    byte[] once = Files.readAllBytes(file);
    fitted().save(file.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(once);
    Model<double[]> back = ModelFile.loadNumbers(file);
    assertThat(back.predict(ROWS)).containsExactly(fitted().predict(ROWS));
    assertThat(back.made()).isEqualTo(fitted().made());
    assertThat(file.getParent().toFile().list()).containsExactly("a.model");
    assertThatThrownBy(() -> ModelFile.loadClasses(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.model: predicts no classes, but is a pipeline");
  }

  @Tag("long")
  @Test
  @DisplayName("a single flipped bit, anywhere: refused with the file's name")
  void bitFlips() throws IOException {
    Path file = fitted().save(folder.resolve("a.model"));
    byte[] good = Files.readAllBytes(file);
    NumpyRandom random = NumpyRandom.of(11);
    int flips = Integer.getInteger("fieldnotes.flips", 1000);
    for (int f = 0; f < flips; f++) {
      int bit = f < 8 * 60 && f % 2 == 0 ? f : random.upTo(good.length * 8 - 1);
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThatThrownBy(() -> ModelFile.load(file))
          .as("bit %d", bit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.model: ");
    }
  }

  @Test
  void truncatedOrLongerIsRefused() throws IOException {
    Path file = fitted().save(folder.resolve("a.model"));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += Math.max(1, good.length / 60)) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> ModelFile.load(file)).isInstanceOf(IOException.class);
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertThatThrownBy(() -> ModelFile.load(file))
        .hasMessageContaining("is truncated or damaged (its SHA-256 is another)");
  }

  private Path crafted(byte[] model, byte... after) throws IOException {
    return Crafted.file(folder.resolve("crafted.model"), model, after);
  }

  private static byte[] bytes(Object model) throws IOException {
    return Crafted.bytes(model);
  }

  @Tag("long")
  @Test
  @DisplayName("a crafted file with a right digest: refused, or it loads and predicts every row")
  void craftedBytes() throws IOException {
    byte[] good = bytes(fitted());
    Path file = crafted(good);
    assertThat(ModelFile.loadNumbers(file).predict(ROWS)).containsExactly(fitted().predict(ROWS));
    NumpyRandom random = NumpyRandom.of(5);
    for (int t = 0; t < 300; t++) {
      byte[] bad = good.clone();
      bad[random.upTo(good.length - 1)] = (byte) random.upTo(255);
      crafted(bad);
      Crafted.refusedOrPredicts(file, ROWS); // a number may be another: it was signed
    }
  }

  @Test
  void somethingBehindTheModelIsRefused() throws IOException {
    byte[] good = bytes(fitted());
    Path file = crafted(Arrays.copyOf(good, good.length + 1));
    assertThatThrownBy(() -> ModelFile.load(file)).hasMessageContaining("follows the model");
    Path other = crafted(good, (byte) 7);
    assertThatThrownBy(() -> ModelFile.load(other)).hasMessageContaining("follows the model");
  }

  @Test
  void lengthsThatLieTakeNoMemory() throws IOException {
    byte[] kind = "made".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream lie = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(lie);
    out.writeInt("pipeline".length());
    out.writeBytes("pipeline");
    out.writeInt(kind.length);
    out.write(kind);
    out.writeInt(Integer.MAX_VALUE - 9); // inputs
    Path file = crafted(lie.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(file))
        .hasMessageContaining("crafted.model: length of a list=2147483638: must be 0 to 1048576");
    out.writeInt(Integer.MAX_VALUE); // a kind of two billion letters
    Path other = crafted(lie.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(other)).isInstanceOf(IOException.class);
    byte[] binary = new byte[64];
    Arrays.fill(binary, (byte) 7);
    lie.reset();
    out.writeInt(binary.length);
    out.write(binary);
    Path unknown = crafted(lie.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(unknown))
        .hasMessageContaining("'\\u0007\\u0007")
        .hasMessageContaining("is not a known Model");
    Path foreign = crafted(bytes(Scaler.standard().fit(Matrix.of(new double[][] {{1}, {2}}))));
    assertThatThrownBy(() -> ModelFile.load(foreign))
        .hasMessageContaining("'scaler' is not a known Model");
  }

  /** A step of one's own. */
  private record Own() implements Step<Own.Fitted> {
    record Fitted(List<String> columns) implements Step.Fitted {
      @Override
      public Matrix apply(Matrix x) {
        return x.select(columns);
      }
    }

    @Override
    public Fitted fit(Samples rows) {
      return new Fitted(rows.features());
    }
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.model"), "no model at all");
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is no saved model");
    assertThatThrownBy(() -> ModelFile.load(folder.resolve("none.model")))
        .hasMessage(folder.resolve("none.model") + ": there is no such file");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("model.json"));
    }
    assertThatThrownBy(() -> ModelFile.load(file))
        .hasMessage(
            file
                + ": was saved by an earlier version of Fieldnotes; fit the model and save it again");
    byte[] later = Files.readAllBytes(fitted().save(file));
    later["fieldnotes model\n".length()] = 9;
    Files.write(file, later);
    assertThatThrownBy(() -> ModelFile.load(file))
        .hasMessageContaining("has format 9, but this version of Fieldnotes reads format 4");
    var own =
        Pipeline.of(Columns.of().with("n", List.of("b"), new Own()), Regressors.leastSquares())
            .fit(ROWS);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> own.save(file)).hasMessageContaining("cannot be saved");
    assertThat(Files.readAllBytes(file)).as("left alone").isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("bad.model");
  }

  @Test
  @DisplayName("a small file that inflates to much: refused before memory is taken")
  void bombs() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt("pipeline".length());
    out.writeBytes("pipeline");
    byte[] begun = bytes.toByteArray();
    out.writeInt(200_000_000); // a kind, all zeros
    out.write(new byte[1 << 20]);
    Path kind = crafted(bytes.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(kind))
        .isInstanceOf(IOException.class)
        .hasMessage(kind + ": length of a kind=200000000: must be 0 to 64");
    bytes.reset();
    out.write(begun);
    out.writeInt("made".length());
    out.writeBytes("made");
    byte[] made = bytes.toByteArray();
    out.writeInt(8_000_000); // inputs
    Path list = crafted(bytes.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(list))
        .hasMessage(list + ": length of a list=8000000: must be 0 to 1048576");
    bytes.reset();
    out.write(made);
    out.writeInt(1); // inputs
    out.writeInt("input".length());
    out.writeBytes("input");
    out.writeInt(200_000_000); // the name of one
    Path text = crafted(bytes.toByteArray());
    assertThatThrownBy(() -> ModelFile.load(text))
        .hasMessage(text + ": length of a text=200000000: must be 0 to 1048576");
    // honest, but larger than what it may take
    Path large = fitted().save(folder.resolve("large.model"));
    assertThat(ModelFile.load(large, 1 << 20)).isNotNull();
    assertThatThrownBy(() -> ModelFile.load(large, 1 << 10))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(large + ": needs more memory than the 0 MiB that a model may take");
    // what cannot be read back is not written
    Encoder encoder = new Encoder(new DataOutputStream(OutputStream.nullOutputStream()));
    assertThatThrownBy(() -> encoder.text("x".repeat((1 << 20) + 1)))
        .hasMessage("a text of 1048577 bytes cannot be saved: at most 1048576");
    assertThatThrownBy(() -> encoder.length((1 << 20) + 1))
        .hasMessage("a list of 1048577 elements cannot be saved: at most 1048576");
  }

  @Test
  @DisplayName("a node's class shares that do not sum to 1 are refused")
  void classShares() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(1); // columns
    out.writeInt(2); // classes
    out.writeBoolean(true);
    out.writeDouble(0); // importance
    out.writeInt(-1); // a leaf
    out.writeDouble(.1);
    out.writeDouble(.2);
    assertThatThrownBy(
            () ->
                ClassificationTree.read(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("node 0 of a tree has class shares that sum to 0.30");
  }
}
