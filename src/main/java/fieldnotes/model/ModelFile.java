package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.prepare.Categories;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Step;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Linear;
import fieldnotes.regress.Regressors;
import fieldnotes.tree.RegressionForest;
import fieldnotes.tree.RegressionTree;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fitted pipelines in files. A file is a ZIP archive: {@code model.json} says what each step has
 * learnt, {@code trees.bin} holds a tree or a forest. Only numbers and texts are read back, into a
 * fixed set of kinds; no class is chosen and no code run by what a file says.
 */
public final class ModelFile {
  private static final String FORMAT = "fieldnotes-pipeline";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Class<? extends Step.Fitted>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("fill", Steps.Filled.class);
    KINDS.put("scale", Steps.Scaled.class);
    KINDS.put("log", Steps.Logarithm.class);
    KINDS.put("ratio", Steps.Ratio.class);
    KINDS.put("buckets", Steps.Bucketed.class);
    KINDS.put("similarity", Steps.Similarity.class);
    KINDS.put("neighbours", Steps.Neighbours.class);
    KINDS.put("select", Steps.Selected.class);
  }

  private ModelFile() {}

  /**
   * Writes a fitted pipeline; the file is replaced whole or left alone.
   *
   * @throws IllegalArgumentException if a step or the model is of a kind that cannot be saved: a
   *     step of one's own, or a model of Smile's
   */
  public static void save(Pipeline.Fitted pipeline, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    ArrayNode parts = root.putArray("columns");
    for (Columns.FittedPart part : pipeline.columns().parts()) {
      ObjectNode node = parts.addObject();
      node.put("name", part.name());
      node.set("columns", JSON.valueToTree(part.columns()));
      if (part.categories() != null) {
        node.set("categories", JSON.valueToTree(part.categories()));
      }
      node.set("steps", steps(part.steps()));
    }
    root.set("steps", steps(pipeline.steps()));
    root.set("names", JSON.valueToTree(pipeline.names()));
    root.set("model", model(pipeline.model()));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        zip.setLevel(1);
        entry(zip, "model.json");
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        zip.closeEntry();
        entry(zip, "trees.bin");
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, 1 << 16));
        writeTrees(pipeline.model(), out);
        out.flush();
        zip.closeEntry();
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void entry(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same model gives the same bytes
    zip.putNextEntry(entry);
  }

  private static ArrayNode steps(List<Step.Fitted> steps) {
    ArrayNode array = JSON.createArrayNode();
    for (Step.Fitted step : steps) {
      String kind = null;
      for (Map.Entry<String, Class<? extends Step.Fitted>> known : KINDS.entrySet()) {
        kind = known.getValue() == step.getClass() ? known.getKey() : kind;
      }
      Check.that(
          kind != null,
          "a step of class %s cannot be saved; those of Steps can",
          step.getClass().getName());
      ObjectNode node = array.addObject();
      node.put("kind", kind);
      node.set("learnt", JSON.valueToTree(step));
    }
    return array;
  }

  private static ObjectNode model(Regressor.Fitted model) {
    ObjectNode node = JSON.createObjectNode();
    switch (model) {
      case Linear linear -> {
        node.put("kind", "linear");
        node.set("learnt", JSON.valueToTree(linear));
      }
      case Regressors.OneTree tree -> node.put("kind", "tree");
      case Regressors.Trees trees -> node.put("kind", "forest");
      case Regressors.Unscaled unscaled -> {
        node.put("kind", "unscaled");
        node.put("mean", unscaled.mean());
        node.put("scale", unscaled.scale());
        node.set("model", model(unscaled.model()));
      }
      default ->
          throw new IllegalArgumentException(
              "a model of class %s cannot be saved; linear models, trees and forests can"
                  .formatted(model.getClass().getName()));
    }
    return node;
  }

  private static void writeTrees(Regressor.Fitted model, DataOutputStream out) throws IOException {
    switch (model) {
      case Regressors.OneTree one -> one.tree().write(out);
      case Regressors.Trees trees -> trees.forest().write(out);
      case Regressors.Unscaled unscaled -> writeTrees(unscaled.model(), out);
      default -> {}
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException saying what is wrong, if the file is no saved pipeline or is damaged
   */
  public static Pipeline.Fitted load(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": is not there or cannot be read");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode root;
      try (InputStream in = open(zip, "model.json")) {
        root = JSON.readTree(in);
      }
      if (!root.path("format").asString("").equals(FORMAT)
          || root.path("version").asInt(0) != VERSION) {
        throw new IOException(
            "format is '%s', version %s; this reads '%s', version %d"
                .formatted(
                    root.path("format").asString(""),
                    root.path("version").asString(""),
                    FORMAT,
                    VERSION));
      }
      List<Columns.FittedPart> parts = new ArrayList<>();
      for (JsonNode node : root.path("columns")) {
        parts.add(
            new Columns.FittedPart(
                node.path("name").asString(),
                texts(node.path("columns")),
                node.has("categories")
                    ? JSON.treeToValue(node.get("categories"), Categories.class)
                    : null,
                readSteps(node.path("steps"))));
      }
      try (DataInputStream trees =
          new DataInputStream(new BufferedInputStream(open(zip, "trees.bin"), 1 << 16))) {
        return new Pipeline.Fitted(
            new Columns.Fitted(parts),
            readSteps(root.path("steps")),
            texts(root.path("names")),
            readModel(root.path("model"), trees));
      }
    } catch (EOFException e) {
      throw new IOException(file + ": ends early; save it again", e);
    } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new IOException("%s: is no saved pipeline (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static InputStream open(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("has no " + name);
    }
    return zip.getInputStream(entry);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return texts;
  }

  private static List<Step.Fitted> readSteps(JsonNode array) throws IOException {
    List<Step.Fitted> steps = new ArrayList<>();
    for (JsonNode node : array) {
      Class<? extends Step.Fitted> kind = KINDS.get(node.path("kind").asString(""));
      if (kind == null) {
        throw new IOException(
            "step '%s' is none of %s".formatted(node.path("kind").asString(""), KINDS.keySet()));
      }
      steps.add(JSON.treeToValue(node.path("learnt"), kind));
    }
    return steps;
  }

  private static Regressor.Fitted readModel(JsonNode node, DataInputStream trees)
      throws IOException {
    String kind = node.path("kind").asString("");
    return switch (kind) {
      case "linear" -> JSON.treeToValue(node.path("learnt"), Linear.class);
      case "tree" -> new Regressors.OneTree(RegressionTree.read(trees));
      case "forest" -> new Regressors.Trees(RegressionForest.read(trees));
      case "unscaled" ->
          new Regressors.Unscaled(
              readModel(node.path("model"), trees),
              node.path("mean").asDouble(),
              node.path("scale").asDouble());
      default -> throw new IOException("model '%s' is of no known kind".formatted(kind));
    };
  }
}
