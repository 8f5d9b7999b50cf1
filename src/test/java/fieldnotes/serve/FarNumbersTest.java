package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Numbers that are too large for the service, or for a model. */
class FarNumbersTest {
  @TempDir static Path folder;
  static Service service;

  @BeforeAll
  static void begin() throws IOException {
    double[][] x = {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 1}};
    Path sums =
        Regressors.leastSquares()
            .fit(Samples.of(Matrix.of(List.of("a", "b"), x), new double[] {0, 10, 1, 11, 21}))
            .save(folder.resolve("sums.model"));
    service =
        new Service(
            ModelServer.start(
                ServeOptions.of(sums)
                    .withWork(folder.resolve("work"))
                    .withLimits(ServeLimits.of().withWarmUp(0))));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> ask(String a) {
    return service.rows("/v1/classify", "{\"row\": {\"a\": %s, \"b\": 1}}".formatted(a));
  }

  private static String error(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode told = Service.json(answer);
    assertThat(told.propertyNames()).containsExactly("error");
    return told.path("error").asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "1.5e400", "1e99999999999", "BIG", "-BIG", "BIG.5"})
  @DisplayName("a number that is too large is refused with its row and column")
  void large(String number) {
    String big = "1" + "0".repeat(400);
    assertThat(error(ask(number.replace("BIG", big))))
        .isEqualTo("row 0, column 'a': must be a number within ±1.8e308");
  }

  @Test
  @DisplayName("digits that change nothing are no reason to refuse a number")
  void digits() {
    for (String number : List.of("0." + "3".repeat(900), "2" + "0".repeat(300), "1e-999")) {
      HttpResponse<String> answer = ask(number);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(Service.json(answer).at("/predictions/0/value").isNumber()).isTrue();
    }
  }

  @Test
  @DisplayName("numbers of 10,000 digits and deep nesting are refused as too long or too deep")
  void limits() {
    String digits = "7".repeat(10_000);
    for (String number :
        List.of(digits, "0." + digits, "1e" + digits, "[".repeat(2_000), "-" + digits)) {
      assertThat(error(ask(number))).contains("digits").contains("deep");
    }
    assertThat(error(ask("1x"))).isEqualTo("the body is not valid JSON");
  }

  @Test
  @DisplayName("a row whose prediction is no number is refused by its number")
  void prediction() {
    HttpResponse<String> answer =
        service.rows(
            "/v1/classify", "{\"rows\": [{\"a\": 1, \"b\": 1}, {\"a\": 1e308, \"b\": 1e308}]}");
    assertThat(error(answer))
        .isEqualTo(
            "row 1: lies too far from what the model learnt, so that its value is not a number");
    assertThat(error(ask("-1e308"))).startsWith("row 0: lies too far");
    assertThat(Service.json(ask("1e300")).at("/predictions/0/value").asDouble())
        .isCloseTo(1e301, Percentage.withPercentage(1));
  }
}
