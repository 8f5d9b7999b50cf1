package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.classify.Classifiers;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.Style;
import fieldnotes.embed.Pca;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A class has one colour in the charts of rows and of any part of them. */
class ClassColoursTest {
  private static final Samples ALL =
      Samples.of(
          Matrix.of(
              List.of("a", "b"),
              new double[][] {{1, 2}, {2, 1}, {3, 5}, {5, 3}, {8, 9}, {9, 7}, {0, 4}}),
          List.of("music", "noise", "speech", "music", "noise", "speech", ""));

  @Test
  @DisplayName("a part of the rows knows the classes of all, through any choice of rows")
  void everyClass() {
    Samples some = ALL.only("speech", "noise").first(2).withFeatures(List.of("a")).rows(new int[1]);
    assertThat(some.classNames()).containsExactly("noise");
    assertThat(some.everyClass()).containsExactly("music", "noise", "speech");
    assertThat(some.withClasses(List.of("x")).everyClass()).containsExactly("x");
    assertThat(Samples.of(Matrix.of(new double[][] {{1}})).everyClass()).isEmpty();
  }

  @Test
  @DisplayName("codes count all classes; rows without a class are −1 wherever they are")
  void codes() {
    assertThat(Groups.of(ALL).codes()).containsExactly(0, 1, 2, 0, 1, 2, -1);
    assertThat(Groups.of(ALL.only("speech", "noise")).codes()).containsExactly(1, 2, 1, 2);
    assertThat(Groups.of(ALL).name(-1)).isEqualTo("no label");
    assertThat(Groups.of(ALL.labelled()).names()).containsExactly("music", "noise", "speech");
  }

  private static JsonNode colours(Figure figure) {
    return JsonMapper.shared()
        .readTree(figure.interactive().orElseThrow().json())
        .at("/layer/0/encoding/color/scale");
  }

  private static String hex(Color colour) {
    return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
  }

  @Test
  @DisplayName("without music, speech has the colour that it has with it")
  void charts() {
    Samples some = ALL.only("speech", "noise");
    String expected =
        "{\"domain\":[\"noise\",\"speech\"],\"range\":[\"%s\",\"%s\"]}"
            .formatted(hex(Style.color(1)), hex(Style.color(2)));
    Pca pca = Pca.fit(some.matrix().values());
    assertThat(colours(PcaPlot.scores("t", pca, some)).toString()).isEqualTo(expected);
    assertThat(colours(FeaturePlot.spread("t", some, "a", 3)).toString()).isEqualTo(expected);
  }

  @Test
  @DisplayName("the legend of boundaries has the classes that are there")
  void legend() {
    assertThat(boundaries("zebra").png()).isEqualTo(boundaries("zebras and more of them").png());
  }

  private static Figure boundaries(String absent) {
    Samples all =
        Samples.of(
            Matrix.of(List.of("a", "b"), new double[][] {{1, 2}, {2, 1}, {3, 5}, {5, 3}, {8, 9}}),
            List.of("bell", "rain", "bell", "rain", absent));
    Samples some = all.only("bell", "rain");
    return BoundaryPlot.of("t", Classifiers.tree(TreeOptions.of(1)).fit(some), some);
  }
}
