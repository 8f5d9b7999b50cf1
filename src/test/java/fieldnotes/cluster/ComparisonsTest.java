package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.x;
import static fieldnotes.cluster.Fixtures.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Agreement;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.evaluate.Spread;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** What sets methods, versions and settings beside each other. */
class ComparisonsTest {
  private static List<String> names(int[] classes) {
    return Arrays.stream(classes).mapToObj(c -> "class " + c).toList();
  }

  @Test
  void everyLinkageBesideTheOthers() {
    double[][] x = x("iris");
    HierarchySweep sweep = HierarchySweep.of(x);
    Table table = sweep.toTable(3, names(y("iris")));
    assertThat(table.rowCount()).isEqualTo(7);
    for (Linkage linkage : Linkage.values()) {
      Hierarchy tree = Hierarchy.of(x, linkage);
      int row = table.stringColumn("linkage").asList().indexOf(linkage.label());
      assertThat(table.doubleColumn("cophenetic").get(row))
          .isEqualTo(tree.copheneticCorrelation(x));
      assertThat(table.doubleColumn("ARI with classes").get(row))
          .isEqualTo(Agreement.of(y("iris"), tree.cutInto(3)).adjustedRand());
      assertThat(table.intColumn("inversions").get(row)).isEqualTo(tree.inversions());
      assertThat(sweep.cophenetic().get(sweep.mostFaithful()))
          .isGreaterThanOrEqualTo(sweep.cophenetic().get(linkage));
    }
    List<String> unknown = Collections.nCopies(x.length, "");
    assertThat(sweep.toTable(3, unknown).doubleColumn("ARI with classes").countMissing())
        .isEqualTo(7);
  }

  @Test
  void versionsOfTheSameRows() {
    double[][] x = x("blobs");
    double[][] stretched = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : stretched) {
      row[0] *= 1000;
    }
    KMeansTrials trials =
        KMeansTrials.of(names(y("blobs")), Matrix.of(x), 3)
            .and("same", Matrix.of(x), 3)
            .and("stretched", Matrix.of(stretched), 3);
    assertThat(trials.trial("same").trustworthiness().mean()).isEqualTo(1);
    assertThat(trials.trial("stretched").trustworthiness().mean()).isLessThan(1);
    double[] silhouettes = new double[3];
    double[] rand = new double[3];
    for (int seed = 0; seed < 3; seed++) {
      int[] labels = KMeans.fit(x, KMeansOptions.of(3, seed)).labels();
      silhouettes[seed] = Silhouette.of(x, labels).mean();
      rand[seed] = Agreement.of(y("blobs"), labels).adjustedRand();
    }
    assertThat(trials.trial("same").silhouette()).isEqualTo(Spread.of(silhouettes));
    assertThat(trials.trial("same").adjustedRand()).isEqualTo(Spread.of(rand));
    assertThat(trials.toTable("t").columnNames())
        .containsExactly(
            "version",
            "k",
            "trustworthiness",
            "silhouette",
            "V-measure",
            "ARI with classes",
            "lowest",
            "highest");
    assertThat(trials.toTable("t").name()).isEqualTo("t: means over 3 seeds");
    assertThatThrownBy(() -> trials.trial("other"))
        .hasMessage("no trial 'other'; available: [same, stretched]");
    KMeansTrials bySeed = KMeansTrials.of(names(y("blobs")), Matrix.of(x), 2);
    bySeed = bySeed.and("one seed distorts", s -> Matrix.of(s == 0 ? x : stretched), 3);
    assertThat(bySeed.trial("one seed distorts").trustworthiness().high()).isEqualTo(1);
    assertThat(bySeed.trial("one seed distorts").trustworthiness().low()).isLessThan(1);
    KMeansTrials unknown =
        KMeansTrials.of(Collections.nCopies(x.length, ""), 1).and("v", Matrix.of(x), 2);
    assertThat(unknown.trial("v").adjustedRand().mean()).isNaN();
    assertThat(unknown.toTable("t").column("ARI with classes").countMissing()).isEqualTo(1);
    assertThat(unknown.toTable("t").columnNames()).doesNotContain("trustworthiness");
  }

  @Test
  @DisplayName("two pairs and a far row: the finest radius leaves all as noise, the next finds two")
  void theSettingWithMostClusters() {
    double[][] x = {{0}, {1}, {10}, {11}, {100}};
    DbscanGrid grid = DbscanGrid.of(x, new double[] {0.5, 2, 20}, new int[] {2});
    assertThat(grid.mostClusters(0.5).labels()).containsExactly(0, 0, 1, 1, -1);
    assertThat(grid.mostClusters(0.5).options().eps()).isEqualTo(2);
    assertThatThrownBy(() -> grid.mostClusters(0.1))
        .hasMessageContaining("mostNoise=0.1: every setting of the grid has more noise");
  }

  @Test
  void examplesOfEveryCluster() {
    double[][] x = {{0}, {1}, {2}, {10}, {11}, {100}};
    Matrix features = Matrix.of(x);
    ClusterProfiles some = ClusterProfiles.of(features, features, new int[] {1, 1, 1, 0, 0, -1});
    Map<String, int[]> examples = some.examples(2, 42);
    assertThat(examples.keySet()).containsExactly("noise", "cluster 0", "cluster 1");
    assertThat(examples.get("noise")).containsExactly(5);
    assertThat(examples.get("cluster 1")).hasSize(2).startsWith(1);
    assertThat(some.largest()).isEqualTo(1);
    ClusterProfiles none = ClusterProfiles.of(features, features, new int[6]);
    assertThat(none.examples(-1, 3, 42)).isEmpty();
    assertThat(ClusterProfiles.of(features, features, new int[] {-1, -1, -1, -1, -1, -1}).largest())
        .isEqualTo(-1);
  }

  @Test
  @DisplayName("single linkage joins evenly spaced rows at one height, which follows no distance")
  void aTreeOfOneHeight() {
    HierarchySweep sweep = HierarchySweep.of(new double[][] {{0}, {1}, {2}, {3}, {4}});
    assertThat(sweep.cophenetic().get(Linkage.SINGLE)).isNaN();
    assertThat(sweep.mostFaithful()).isNotEqualTo(Linkage.SINGLE);
    assertThat(sweep.cophenetic().get(sweep.mostFaithful())).isGreaterThan(0.6);
  }
}
