package fieldnotes.housing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.Clusters;
import fieldnotes.cluster.KMeans;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.common.Sha256;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Columns;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvException;
import fieldnotes.table.Describe;
import fieldnotes.table.HousingFile;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The quick figures of the housing chapter, against ../shared/reference/homl. */
class HousingTest {
  private static JsonNode reference;
  private static Table housing;
  private static Samples rows;
  private static Samples testRows;
  private static Table train;

  @BeforeAll
  static void read() {
    reference = new ObjectMapper().readTree(HousingFile.reference().toFile());
    Samples all = Housing.samples(HousingFile.csv());
    housing = all.table();
    Split split = Housing.split(housing);
    rows = all.rows(split.train());
    testRows = all.rows(split.test());
    train = rows.table();
  }

  private static Offset<Double> digits(double expected, double relative) {
    return within(Math.abs(expected) * relative + 1e-300);
  }

  @Test
  void summary() {
    Table summary = Describe.summary(housing);
    String[] rows = {"count", "mean", "std", "min", "25%", "50%", "75%", "max"};
    reference
        .get("describe")
        .properties()
        .forEach(
            column -> {
              for (int r = 0; r < rows.length; r++) {
                double expected = column.getValue().get(rows[r]).asDouble();
                assertThat(summary.doubleColumn(column.getKey()).get(r))
                    .isCloseTo(expected, digits(expected, 1e-13));
              }
            });
    assertThat(summary.print()).contains("206855.816909").contains("115395.615874");
    assertThat(Describe.info(housing).intColumn("Non-Null Count").get(4)).isEqualTo(20433);
    Table counts = Describe.valueCounts(housing, Housing.PROXIMITY);
    assertThat(counts.intColumn("count").asList()).containsExactly(9136, 6551, 2658, 2290, 5);
  }

  @Test
  void proportions() {
    Table table =
        Housing.compare(housing, Housing.split(housing), Split.random(housing.rowCount(), 0.2, 42));
    String[] keys = {"overall", "stratified", "random", "strat_error", "rand_error"};
    for (int c = 1; c <= 5; c++) {
      for (int k = 0; k < keys.length; k++) {
        double expected = reference.at("/proportions_percent_full/" + c + "/" + keys[k]).asDouble();
        assertThat(((DoubleColumn) table.column(k + 1)).get(c - 1))
            .isCloseTo(expected, within(1e-10));
      }
    }
    assertThat(table.print()).contains("4.24").contains("-3.59");
  }

  @Test
  void correlations() {
    Table found = Describe.correlationsWith(Housing.withRatios(train), Housing.TARGET);
    JsonNode expected = reference.at("/correlations/after");
    assertThat(found.stringColumn("column").asList())
        .containsExactlyElementsOf(expected.propertyNames());
    for (int i = 0; i < found.rowCount(); i++) {
      double r = expected.get(found.getString(i, 0)).asDouble();
      assertThat(found.doubleColumn(1).get(i)).isCloseTo(r, within(1e-12));
    }
  }

  @Test
  @DisplayName("ten stratified splits one after the other, the first rows of each")
  void tenSplits() {
    List<Split> splits = Split.stratified(Housing.incomeCategories(housing), 0.2, 42, 10);
    assertThat(splits.getFirst()).isEqualTo(Housing.split(housing));
    assertThat(splits.getFirst().test()).startsWith(3905, 16821, 2900, 7193, 13928);
    assertThat(splits).doesNotHaveDuplicates();
  }

  @Tag("long")
  @Test
  @DisplayName("the pipeline without clusters: least squares and ridge to 1e-8")
  void simplePipeline() {
    double[][] expected = {
      {257482.5576, 67769.12117, 71894.30938, 67993.57312, 1470.613614},
      {243584.6674, 67773.44861, 71814.6886, 0, 0}
    };
    for (int m = 0; m < 2; m++) {
      var fitted =
          Pipeline.of(
                  Housing.simplePreparation(),
                  m == 0 ? Regressors.leastSquares() : Regressors.ridge(1))
              .fit(rows);
      assertThat(fitted.model().intercept())
          .isCloseTo(expected[m][0], digits(expected[m][0], 1e-9));
      assertThat(Scores.rmse().of(fitted.judge(rows)))
          .isCloseTo(expected[m][1], digits(expected[m][1], 1e-9));
      assertThat(Scores.rmse().of(fitted.judge(testRows)))
          .isCloseTo(expected[m][2], digits(expected[m][2], 1e-9));
    }
    var linear = Pipeline.of(Housing.simplePreparation(), Regressors.leastSquares());
    double[] scores = CrossValidation.of(linear, rows, Folds.of(10), Scores.rmse()).folds();
    assertThat(Describe.mean(scores)).isCloseTo(67993.57312, digits(67993, 1e-9));
    assertThat(Describe.standardDeviation(scores)).isCloseTo(1470.613614, digits(1470, 1e-8));
  }

  @Tag("long")
  @Test
  void clusters() {
    double[][] places = Matrix.from(train, "latitude", "longitude").values();
    Clusters modern = KMeans.fit(places, KMeansOptions.of(10, 42));
    assertThat(modern.inertia()).isCloseTo(3738.84953905, within(1e-6));
    assertThat(modern.rounds()).isEqualTo(7);
    assertThat(modern.sizes())
        .containsExactly(745, 2511, 4759, 1532, 816, 1195, 366, 2343, 812, 1433);
    Clusters book = KMeans.fit(places, KMeansOptions.of(10, 42).withStart(Start.BOOK));
    assertThat(book.inertia()).isCloseTo(3733.07126133, within(1e-6));
    assertThat(book.sizes())
        .containsExactly(1372, 812, 5795, 817, 362, 1195, 1450, 2504, 761, 1444);
    assertThat(book.centres()[0])
        .containsExactly(new double[] {34.015848, -117.341158}, within(1e-6));
  }

  @Tag("long")
  @Test
  void fullPipelineAndLinearModel() throws IOException {
    var pipeline = Pipeline.of(Housing.preparation(10, Start.BOOK), Regressors.leastSquares());
    var fitted = pipeline.fit(rows);
    assertThat(fitted.model().made().columns())
        .hasSize(24)
        .startsWith("bedrooms__ratio")
        .endsWith("cat__ocean_proximity_NEAR OCEAN", "remainder__housing_median_age");
    assertThat(fitted.made().target()).isEqualTo(Housing.TARGET);
    assertThat(fitted.made().unit()).isEqualTo("$");
    assertThat(fitted.made().data().sources())
        .isEqualTo(Map.of("housing", Sha256.of(HousingFile.csv())));
    assertThat(Scores.rmse().of(fitted.judge(rows))).isCloseTo(68687.89176589991, within(1e-6));
    assertThat(Scores.rmse().of(fitted.judge(testRows))).isCloseTo(76045.14352352786, within(1e-4));
    assertThat(CrossValidation.of(pipeline, rows, Folds.of(10), Scores.rmse()).mean())
        .isCloseTo(69858.01819534965, within(1e-5));
  }

  @Test
  @DisplayName("income alone, the target scaled and scaled back")
  void targetTransform() {
    var pipeline =
        Pipeline.of(
            Columns.of().with("income", List.of("median_income")),
            Regressors.onScaledTarget(Regressors.leastSquares()));
    assertThat(pipeline.fit(rows).predict(train.first(2)))
        .containsExactly(new double[] {131997.15275877, 299359.35844434}, within(1e-6));
  }

  @TempDir Path folder;

  @Test
  void badFilesAreNamed() throws IOException {
    List<String> lines = Files.readAllLines(HousingFile.csv()).subList(0, 4);
    Path file = folder.resolve("districts.csv");
    Files.write(file, List.of(lines.get(0), lines.get(1).replace("NEAR BAY", "MOON")));
    assertThatThrownBy(() -> Housing.read(file))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining(
            "districts.csv, row 0 (line 2), column 'ocean_proximity': 'MOON' must be one of");
    Files.write(file, List.of(lines.get(0).replace("latitude", "lat"), lines.get(1)));
    assertThatThrownBy(() -> Housing.read(file))
        .hasMessageContaining("districts.csv: has no column 'latitude'; it has");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Housing.read(file)).hasMessageContaining("districts.csv: is empty");
    Files.write(file, List.of(lines.get(0), lines.get(1), lines.get(2).replace("8.3014", "")));
    assertThatThrownBy(() -> Housing.split(Housing.read(file)))
        .hasMessageStartingWith("row 1, column 'median_income': is missing");
  }

  @Tag("long")
  @Test
  @DisplayName("what one notebook keeps, the next reads back to the last bit, for its file only")
  void savedState() throws IOException {
    HousingWork work = HousingWork.of(HousingFile.csv(), folder.resolve("state"));
    Samples kept = work.train();
    assertThat(kept.table().print(20)).isEqualTo(train.print(20));
    assertThat(kept.numbers()).containsExactly(rows.numbers());
    assertThat(work.test().rowCount()).isEqualTo(4128);
    var pipeline =
        Pipeline.of(
            Columns.of().with("income", List.of("median_income")), Regressors.leastSquares());
    assertThatThrownBy(() -> work.load("income"))
        .hasMessageStartingWith("no model 'income' in " + folder);
    Model<double[]> fitted = pipeline.fit(kept);
    work.save("income", fitted);
    Model<double[]> again =
        HousingWork.of(HousingFile.csv(), folder.resolve("state")).load("income");
    assertThat(again.predict(kept.first(9))).containsExactly(fitted.predict(kept.first(9)));
    assertThat(again.made()).isEqualTo(fitted.made());
    Path own = folder.resolve("own.csv");
    Files.write(own, Files.readAllLines(HousingFile.csv()).subList(0, 2_000));
    HousingWork other = HousingWork.of(own, folder.resolve("state"));
    assertThat(other.train().rowCount()).isEqualTo(1_599);
    assertThatThrownBy(() -> other.load("income")).hasMessageContaining("save one under this name");
    Model<double[]> fresh = pipeline.fit(other.train());
    assertThat(fresh.predict(kept.first(1))).isNotEqualTo(fitted.predict(kept.first(1)));
    assertThat(fresh.made().data().sources()).containsOnlyKeys("own");
  }

  @Test
  void errorsByGroup() {
    Table three = train.first(3);
    double[] predicted = Housing.target(three);
    predicted[0] += 3_000;
    predicted[1] -= 4_000;
    Table byProximity = Housing.errorsBy(three, "ocean_proximity", predicted);
    assertThat(byProximity.intColumn("districts").sum()).isEqualTo(3);
    Table byIncome = Housing.errorsByIncome(three, predicted);
    double squares = 0;
    for (int i = 0; i < byIncome.rowCount(); i++) {
      double rmse = byIncome.doubleColumn("RMSE").getDouble(i);
      squares += rmse * rmse * byIncome.intColumn("districts").getInt(i);
    }
    assertThat(squares).isCloseTo(25e6, within(1e-3));
  }

  @Test
  @DisplayName("the hash is that of the rows, even if the file changes afterwards")
  void hashOfWhatWasRead() throws IOException {
    Path file = folder.resolve("own.csv");
    Files.write(file, Files.readAllLines(HousingFile.csv()).subList(0, 50));
    String hash = Sha256.of(file);
    Samples own = Housing.samples(file);
    HousingWork work = HousingWork.of(file, folder.resolve("state"));
    Files.write(file, Files.readAllLines(HousingFile.csv()).subList(0, 20));
    assertThat(own.provenance().sources()).isEqualTo(Map.of("own", hash));
    assertThat(work.housing().rowCount()).isEqualTo(49);
    Files.delete(file);
    assertThat(work.housing().provenance().sources()).isEqualTo(Map.of("own", hash));
    var income =
        Pipeline.of(
            Columns.of().with("income", List.of("median_income")), Regressors.leastSquares());
    assertThat(work.save("m", income.fit(work.housing())))
        .isEqualTo(folder.resolve("state").resolve(hash.substring(0, 16)).resolve("m.model"));
  }

  @Test
  @DisplayName("the 2nd edition's file is refused by its hash, with a word why")
  void secondEdition() throws IOException {
    Path file = folder.resolve("housing.csv");
    Files.writeString(file, "a\n");
    assertThatThrownBy(() -> Housing.refuse(file, Housing.SECOND_EDITION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is the file of the book's 2nd edition")
        .hasMessageContaining("workbench data fetch housing");
    Housing.refuse(file, "0".repeat(64));
  }

  @Test
  void newDistrictsWithGapsAndUnknownCategoriesArePredicted() throws IOException {
    List<String> lines = Files.readAllLines(HousingFile.csv()).subList(0, 2);
    Path file = folder.resolve("new.csv");
    Files.writeString(
        file,
        "\uFEFFlongitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,households,median_income,ocean_proximity\r\n"
            + "-122.23,37.88,41,880,,322,126,8.3252,MOON\r\n"
            + lines.get(1).replace(",452600.0", "")
            + "\r\n");
    Table strange = Csv.read(file);
    var fitted = Pipeline.of(Housing.simplePreparation(), Regressors.leastSquares()).fit(rows);
    double[] predicted = fitted.predict(strange);
    assertThat(predicted).hasSize(2);
    assertThat(predicted[1]).isBetween(300_000.0, 600_000.0);
    assertThat(predicted[0]).isBetween(300_000.0, 600_000.0).isNotEqualTo(predicted[1]);
  }
}
