package fieldnotes.serve;

import fieldnotes.audio.Clip;
import fieldnotes.common.Sha256;
import fieldnotes.detect.CardedModel;
import fieldnotes.detect.SoundModel;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model as it is served, until another one takes its place.
 *
 * @param name what it is called in requests
 * @param version the first twelve digits of the SHA-256 of its file
 * @param file where it was read from
 * @param loaded when
 * @param model the model
 * @param measurers spare measurers of sound, whose buffers are used again
 */
record Served(
    String name,
    String version,
    Path file,
    Instant loaded,
    Model<?> model,
    Queue<SoundModel.Measurer> measurers) {
  private static final int TRIES = 3;

  /**
   * Reads a model.
   *
   * @throws IOException naming the file
   */
  static Served read(Path file) throws IOException {
    for (int i = 0; i < TRIES; i++) { // until the version is that of the bytes that were read
      String before = Sha256.of(file);
      Model<?> model = ModelFile.load(file);
      if (Sha256.of(file).equals(before)) {
        return new Served(
            name(file),
            before.substring(0, 12),
            file,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            model,
            new ConcurrentLinkedQueue<>());
      }
    }
    throw new IOException(file + ": is being replaced again and again; try again");
  }

  /** The name of a file without its ending. */
  static String name(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The model of sounds that it is, if so. */
  Optional<SoundModel> sounds() {
    return model instanceof SoundModel sounds ? Optional.of(sounds) : Optional.empty();
  }

  /** The model of sounds that it is. */
  SoundModel hears() {
    return sounds()
        .orElseThrow(
            () ->
                Refusal.bad(
                    "the model '%s' takes rows, not sound: send JSON such as {\"rows\": [{\"%s\": …}]}"
                        .formatted(name, model.made().columns().getFirst())));
  }

  /** What it predicts of rows, one object for each. */
  List<Map<String, Object>> predict(RowBody rows) {
    return told(rows.predictedBy(model));
  }

  /** What it hears in the windows of a clip, one object for each, in order of time. */
  List<Map<String, Object>> hear(Clip clip) {
    SoundModel sounds = hears();
    List<Clip> windows = sounds.windows(clip);
    SoundModel.Measurer measurer = measurers.poll();
    if (measurer == null) {
      measurer = sounds.measurer();
    }
    List<Map<String, Object>> out = told(sounds.predict(measurer.rows(windows)));
    measurers.add(measurer); // as many as there are workers; not after a failure
    for (int i = 0; i < out.size(); i++) {
      double start = windows.get(i).startSeconds();
      Map<String, Object> timed = new LinkedHashMap<>();
      timed.put("start", start);
      timed.put("end", start + windows.get(i).durationSeconds());
      timed.putAll(out.get(i));
      out.set(i, timed);
    }
    return out;
  }

  /**
   * Hears noise again and again, so that the first clips are not those by which the code gets
   * compiled.
   */
  void warmUp(long nanos) {
    if (sounds().isEmpty()) {
      return;
    }
    int rate = hears().rateHz();
    float[] noise = new float[hears().whole() ? rate : hears().windowSamples()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble(-0.1, 0.1);
    }
    long end = System.nanoTime() + nanos;
    for (int i = 0; i < 300 && System.nanoTime() < end; i++) {
      hear(Clip.of("noise", noise, rate));
    }
  }

  private List<Map<String, Object>> told(Object predicted) {
    List<Map<String, Object>> out = new ArrayList<>();
    switch (predicted) {
      case double[] numbers -> {
        for (double number : numbers) {
          if (!Double.isFinite(number)) {
            throw Refusal.bad(
                "row %d: lies too far from what the model learnt, so that its value is not a number"
                    .formatted(out.size()));
          }
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("value", number);
          out.add(one);
        }
      }
      case int[] clusters -> {
        for (int cluster : clusters) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("cluster", cluster);
          out.add(one);
        }
      }
      case Rejected rejected -> {
        double[] knownness = rejected.knownness();
        List<Map<String, Object>> of = classes(rejected.classified());
        for (int i = 0; i < knownness.length; i++) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("label", rejected.label(i));
          one.put("known", !rejected.isUnknown(i));
          one.put("likeliest", of.get(i).get("label"));
          of.get(i).remove("label");
          one.putAll(of.get(i));
          one.put("knownness", knownness[i]);
          one.put("threshold", rejected.threshold());
          out.add(one);
        }
      }
      case Classified classified -> out.addAll(classes(classified));
      default -> throw new IllegalStateException("the model '%s' predicts neither".formatted(name));
    }
    return out;
  }

  private static List<Map<String, Object>> classes(Classified classified) {
    List<Map<String, Object>> out = new ArrayList<>();
    double[][] scores = classified.scores();
    for (int i = 0; i < scores.length; i++) {
      Map<String, Object> each = new LinkedHashMap<>();
      for (int c = 0; c < scores[i].length; c++) {
        each.put(classified.classes().get(c), scores[i][c]);
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", classified.label(i));
      one.put(classified.hasProbabilities() ? "probabilities" : "scores", each);
      out.add(one);
    }
    return out;
  }

  /** What it takes and gives, drawn from the model itself. */
  Map<String, Object> schema() {
    Made made = model.made();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("version", version);
    out.put("loaded", loaded.toString());
    out.put("takes", sounds().isPresent() ? "sound" : "rows");
    sounds()
        .ifPresent(
            sounds -> {
              out.put("rateHz", sounds.rateHz());
              out.put("wholeSounds", sounds.whole());
              out.put("windowSeconds", sounds.windowSeconds());
              out.put("features", sounds.set().name());
            });
    if (model instanceof CardedModel carded) {
      out.put("unknown", carded.unknown());
      out.put("threshold", carded.threshold());
      out.put("card", carded.card().markdown());
    }
    out.put(
        "columns",
        made.inputs().stream()
            .map(
                input ->
                    Map.of(
                        "name",
                        input.name(),
                        "kind",
                        input.kind() == Made.Kind.NUMBER ? "number" : "text"))
            .toList());
    out.put("predicts", made.target());
    out.put("unit", made.unit());
    out.put("classes", model instanceof CardedModel carded ? carded.classes() : made.classes());
    out.put("learner", made.learner());
    out.put("fittedOnRows", made.rows());
    out.put("data", made.id());
    out.put("fieldnotes", made.version());
    return out;
  }
}
