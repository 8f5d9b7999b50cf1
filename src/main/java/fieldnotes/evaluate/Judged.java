package fieldnotes.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * True and predicted classes of rows as numbers.
 *
 * @param names the classes that are true of a row or predicted for one, by code point
 * @param truth the true class of each row by its place in {@code names}, shape [rows]
 * @param predicted the predicted class of each row, likewise
 * @param weights the weight of each row, 1 where there are none
 */
record Judged(List<String> names, int[] truth, int[] predicted, double[] weights) {
  static Judged of(Outcome.Classes outcome) {
    List<String> classes = outcome.predicted().classes();
    int[] codes = outcome.predicted().codes();
    List<String> guesses = Arrays.stream(codes).distinct().mapToObj(classes::get).toList();
    List<String> names = Coded.names(outcome.truth(), guesses);
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    int[] placeOf = classes.stream().mapToInt(name -> places.getOrDefault(name, -1)).toArray();
    return new Judged(
        names,
        outcome.truth().stream().mapToInt(places::get).toArray(),
        Arrays.stream(codes).map(code -> placeOf[code]).toArray(),
        ClassScores.weights(outcome));
  }

  int rowCount() {
    return truth.length;
  }
}
