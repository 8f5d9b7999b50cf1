package fieldnotes.housing;

import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.cluster.Similarity;
import fieldnotes.common.Check;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Reason;
import fieldnotes.evaluate.Errors;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvSchema;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The California housing table of 1990 and what the second chapter of <i>Hands-On Machine
 * Learning</i> (3rd edition) does with it: a row is a district.
 */
public final class Housing {
  /** What is to be predicted: the median house value of a district, in US dollars. */
  public static final String TARGET = "median_house_value";

  /** The one column of text. */
  public static final String PROXIMITY = "ocean_proximity";

  static final String SECOND_EDITION =
      "8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e";

  private static final CsvSchema SCHEMA =
      CsvSchema.of()
          .withNumbers(
              "longitude",
              "latitude",
              "housing_median_age",
              "total_rooms",
              "total_bedrooms",
              "population",
              "households",
              "median_income",
              TARGET)
          .withText(PROXIMITY, "<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN");

  private Housing() {}

  /**
   * Reads the table. Every column must be there; only {@code total_bedrooms} and the like may have
   * empty cells.
   *
   * @throws IllegalArgumentException naming row and column of what is wrong; also for the file of
   *     the book's 2nd edition, whose rows stand in another order
   */
  static Table read(Path csv) {
    return hashed(csv).value();
  }

  private static HashedRead<Table> hashed(Path csv) {
    try {
      return HashedRead.of(
          csv,
          sha256 -> {
            refuse(csv, sha256);
            return Csv.read(csv, SCHEMA);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read (%s)".formatted(csv, Reason.words(e)), e);
    }
  }

  static void refuse(Path csv, String sha256) {
    Check.that(
        !sha256.equals(SECOND_EDITION),
        "%s is the file of the book's 2nd edition: the same rows in another order, so that every"
            + " split and every number after it would differ. Get the 3rd edition's with"
            + " ./workbench data fetch housing",
        csv);
  }

  /**
   * A rough outline of California for maps: corners as longitude and latitude in degrees, the last
   * equal to the first, shape [corners][2].
   */
  public static double[][] outline() {
    return Arrays.stream(Outline.CALIFORNIA).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * The districts of a file as rows to learn from: the house value in dollars to be predicted, all
   * other columns to be seen, and the file where they come from.
   */
  public static Samples samples(Path csv) {
    HashedRead<Table> read = hashed(csv);
    Table table = read.value();
    return samples(table).withProvenance(Provenance.of(table.name(), read.sha256()));
  }

  /** See {@link #samples(Path)}. */
  public static Samples samples(String csv) {
    return samples(Path.of(csv));
  }

  /** The same of a table of districts. */
  public static Samples samples(Table housing) {
    return Samples.of(housing).withTarget(TARGET).withUnit("$");
  }

  /** The columns a model may see: all but the house value. */
  public static Table features(Table housing) {
    return housing.rejectColumns(TARGET);
  }

  /** The house value of each district, in dollars, shape [rows]. */
  public static double[] target(Table housing) {
    return Matrix.column(housing, TARGET);
  }

  /**
   * The income category of each district: 1 up to 15,000 dollars, 2 up to 30,000, 3 up to 45,000, 4
   * up to 60,000, 5 above.
   *
   * @throws IllegalArgumentException naming the row of an income that is missing
   */
  public static int[] incomeCategories(Table housing) {
    double[] incomes = Matrix.column(housing, "median_income");
    for (int i = 0; i < incomes.length; i++) {
      Check.that(
          !Double.isNaN(incomes[i]),
          "row %d, column 'median_income': is missing, so the district has no category; fill it or"
              + " drop the row first",
          i);
    }
    return Arrays.stream(incomes)
        .mapToInt(
            income -> income <= 1.5 ? 1 : income <= 3 ? 2 : income <= 4.5 ? 3 : income <= 6 ? 4 : 5)
        .toArray();
  }

  /** A fifth of the districts held back, with the income categories in proportion; seed 42. */
  public static Split split(Table housing) {
    return Split.stratified(incomeCategories(housing), 0.2, 42);
  }

  /**
   * Shares of the income categories in per cent: of all districts, of a stratified test set, of a
   * plain random one, and how far each is off.
   */
  public static Table compare(Table housing, Split stratified, Split random) {
    int[] categories = incomeCategories(housing);
    int[] all = new int[categories.length];
    Arrays.setAll(all, i -> i);
    double[] overall = shares(categories, all);
    double[] even = shares(categories, stratified.test());
    double[] plain = shares(categories, random.test());
    double[] evenError = new double[5];
    double[] plainError = new double[5];
    for (int c = 0; c < 5; c++) {
      evenError[c] = 100 * (even[c] / overall[c] - 1);
      plainError[c] = 100 * (plain[c] / overall[c] - 1);
    }
    return Table.create(
        "income categories in per cent",
        IntColumn.create("Income Category", 1, 2, 3, 4, 5),
        Describe.shown(DoubleColumn.create("Overall %", overall), 2),
        Describe.shown(DoubleColumn.create("Stratified %", even), 2),
        Describe.shown(DoubleColumn.create("Random %", plain), 2),
        Describe.shown(DoubleColumn.create("Strat. Error %", evenError), 2),
        Describe.shown(DoubleColumn.create("Rand. Error %", plainError), 2));
  }

  private static double[] shares(int[] categories, int[] rows) {
    double[] shares = new double[5];
    for (int row : rows) {
      shares[categories[row] - 1]++;
    }
    return Arrays.stream(shares).map(count -> count / rows.length * 100).toArray();
  }

  /** The table with rooms per house, bedrooms per room and people per house added. */
  public static Table withRatios(Table housing) {
    Table wider = housing.copy();
    wider.addColumns(
        ratio(housing, "rooms_per_house", "total_rooms", "households"),
        ratio(housing, "bedrooms_ratio", "total_bedrooms", "total_rooms"),
        ratio(housing, "people_per_house", "population", "households"));
    return wider;
  }

  private static DoubleColumn ratio(Table table, String name, String above, String below) {
    double[] a = Matrix.column(table, above);
    double[] b = Matrix.column(table, below);
    double[] cells = new double[a.length];
    Arrays.setAll(cells, i -> a[i] / b[i]);
    return DoubleColumn.create(name, cells);
  }

  /**
   * The chapter's whole preparation, 24 columns with 10 clusters: three ratios, five logarithms,
   * similarity to clusters of the places, the proximity one-hot, and the age; ratios, logarithms
   * and age standardised.
   *
   * @param clusters clusters of the places
   * @param start {@link Start#BOOK} for the book's numbers
   */
  public static Columns preparation(int clusters, Start start) {
    var places = KMeansOptions.of(clusters, 42).withStart(start);
    return Columns.of()
        .with(
            "bedrooms",
            List.of("total_bedrooms", "total_rooms"),
            Missing.median(),
            Steps.ratio(),
            Scaler.standard())
        .with(
            "rooms_per_house",
            List.of("total_rooms", "households"),
            Missing.median(),
            Steps.ratio(),
            Scaler.standard())
        .with(
            "people_per_house",
            List.of("population", "households"),
            Missing.median(),
            Steps.ratio(),
            Scaler.standard())
        .with(
            "log",
            List.of("total_bedrooms", "total_rooms", "population", "households", "median_income"),
            Missing.median(),
            Steps.log(),
            Scaler.standard())
        .with("geo", List.of("latitude", "longitude"), Similarity.ofClusters(places, 1))
        .withCategories("cat", PROXIMITY)
        .withRemainder(Missing.median(), Scaler.standard());
  }

  /**
   * A preparation without clusters, of 16 columns: medians for missing cells, the eight numbers and
   * three ratios standardised, the proximity one-hot.
   */
  public static Columns simplePreparation() {
    Columns columns = Columns.of();
    for (String name :
        List.of(
            "longitude",
            "latitude",
            "housing_median_age",
            "total_rooms",
            "total_bedrooms",
            "population",
            "households",
            "median_income")) {
      columns = columns.with(name, List.of(name), Missing.median(), Scaler.standard());
    }
    Map<String, List<String>> ratios = new LinkedHashMap<>();
    ratios.put("rooms_per_house", List.of("total_rooms", "households"));
    ratios.put("bedrooms_ratio", List.of("total_bedrooms", "total_rooms"));
    ratios.put("people_per_house", List.of("population", "households"));
    for (Map.Entry<String, List<String>> ratio : ratios.entrySet()) {
      columns =
          columns.with(
              ratio.getKey(), ratio.getValue(), Missing.median(), Steps.ratio(), Scaler.standard());
    }
    return columns.withCategories("cat", PROXIMITY);
  }

  /** Columns and their importances, the largest first. */
  public static Table importances(List<String> names, double[] importances) {
    Check.sameLength("names", names.size(), "importances", importances.length);
    Integer[] order = new Integer[importances.length];
    Arrays.setAll(order, j -> j);
    Arrays.sort(order, (a, b) -> Double.compare(importances[b], importances[a]));
    return Table.create(
        "importances",
        StringColumn.create("column", Arrays.stream(order).map(names::get)),
        Describe.shown(
            DoubleColumn.create(
                "importance", Arrays.stream(order).mapToDouble(j -> importances[j])),
            4));
  }

  /**
   * The errors of predictions in each group of districts, in order of the group's name.
   *
   * @param column of text
   * @param predicted shape [rows]
   */
  public static Table errorsBy(Table housing, String column, double[] predicted) {
    Column<?> groups = Matrix.named(housing, column);
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < groups.size(); i++) {
      members.computeIfAbsent(groups.getString(i), g -> new ArrayList<>()).add(i);
    }
    return errors(column, members, housing, predicted);
  }

  /** The errors of predictions in each income category. */
  public static Table errorsByIncome(Table housing, double[] predicted) {
    int[] categories = incomeCategories(housing);
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < categories.length; i++) {
      members.computeIfAbsent(String.valueOf(categories[i]), g -> new ArrayList<>()).add(i);
    }
    return errors("income category", members, housing, predicted);
  }

  private static Table errors(
      String name, Map<String, List<Integer>> members, Table housing, double[] predicted) {
    double[] actual = target(housing);
    Check.sameLength("predicted", predicted.length, "housing", actual.length);
    StringColumn group = StringColumn.create(name);
    IntColumn count = IntColumn.create("districts");
    DoubleColumn rmse = DoubleColumn.create("RMSE");
    DoubleColumn mae = DoubleColumn.create("MAE");
    DoubleColumn bias = DoubleColumn.create("mean of predicted − true");
    members.forEach(
        (key, rows) -> {
          double[] a = rows.stream().mapToDouble(i -> actual[i]).toArray();
          double[] p = rows.stream().mapToDouble(i -> predicted[i]).toArray();
          group.append(key);
          count.append(rows.size());
          rmse.append(Errors.rmse(a, p));
          mae.append(Errors.mae(a, p));
          bias.append(Describe.mean(p) - Describe.mean(a));
        });
    return Table.create(
        "errors by " + name,
        group,
        count,
        Describe.shown(rmse, 0),
        Describe.shown(mae, 0),
        Describe.shown(bias, 0));
  }
}
