package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClassReportTest {
  /** Two owls and two wrens, one wren taken for an owl. */
  private static final Outcome.Classes FOUR =
      outcome(List.of("owl", "owl", "wren", "wren"), List.of("owl", "owl", "owl", "wren"), null);

  static Outcome.Classes outcome(List<String> truth, List<String> predicted, double[] weights) {
    List<String> names = predicted.stream().distinct().toList();
    double[][] p = new double[predicted.size()][names.size()];
    for (int i = 0; i < p.length; i++) {
      p[i][names.indexOf(predicted.get(i))] = 1;
    }
    return new Outcome.Classes(truth, new Classified(names, p), weights);
  }

  @Test
  @DisplayName("two of three predicted owls are owls: precision 0.67; three of four right: 0.75")
  void byHand() {
    assertThat(ClassReport.of(FOUR))
        .hasToString(
            """
                          precision    recall  f1-score   support

                     owl       0.67      1.00      0.80         2
                    wren       1.00      0.50      0.67         2

                accuracy                           0.75         4
               macro avg       0.83      0.75      0.73         4
            weighted avg       0.83      0.75      0.73         4
            """);
  }

  @Test
  void linesAndTable() {
    ClassReport report = ClassReport.of(FOUR).withDigits(3);
    assertThat(report.line("wren").recall()).isEqualTo(0.5);
    assertThat(report.line("macro avg").recall()).isEqualTo(0.75);
    assertThat(report.toTable().print())
        .contains(
            "    class      |  precision  |  recall  |  f1-score  |  support  |",
            "         wren  |      1.000  |   0.500  |     0.667  |        2  |",
            "     accuracy  |      0.750  |   0.750  |     0.750  |        4  |",
            "    macro avg  |      0.833  |   0.750  |     0.733  |        4  |");
    assertThat(report).isEqualTo(ClassReport.of(FOUR).withDigits(3));
  }

  /** Written by src/test/python/class_score_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void asScikitLearnToTheCharacter() {
    int checked = 0;
    for (JsonNode one : Reference.read("reports").get("cases")) {
      Outcome.Classes outcome =
          outcome(
              Reference.texts(one.get("truth")),
              Reference.texts(one.get("predicted")),
              one.get("weights").isNull() ? null : vector(one.get("weights")));
      ClassReport report =
          one.get("labels").isNull()
              ? ClassReport.of(outcome)
              : ClassReport.of(outcome, Reference.texts(one.get("labels")));
      assertThat(report.withDigits(one.get("digits").intValue()))
          .hasToString(one.get("report").asString());
      checked++;
    }
    assertThat(checked).isEqualTo(48);
  }

  @Test
  void numbersAsPythonWritesThem() {
    assertThat(ClassReport.asPython(0)).isEqualTo("0.0");
    assertThat(ClassReport.asPython(3)).isEqualTo("3.0");
    assertThat(ClassReport.asPython(1e-4)).isEqualTo("0.0001");
    assertThat(ClassReport.asPython(1e-5)).isEqualTo("1e-05");
    assertThat(ClassReport.asPython(1234567890123456.0)).isEqualTo("1234567890123456.0");
    assertThat(ClassReport.asPython(1.25e16)).isEqualTo("1.25e+16");
    assertThat(ClassReport.asPython(2e123)).isEqualTo("2e+123");
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> ClassReport.of(FOUR, List.of("owl", "owl")))
        .hasMessage("classes [owl, owl]: name at least one, each once");
    assertThatThrownBy(() -> ClassReport.of(FOUR).line("wern"))
        .hasMessage("no line 'wern'; there are [owl, wren, accuracy, macro avg, weighted avg]");
    assertThatThrownBy(() -> ClassReport.of(FOUR).withDigits(-1))
        .hasMessage("digits=-1: must be at least 0");
  }
}
