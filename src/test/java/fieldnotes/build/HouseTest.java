package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The way of the data is one way: what each package may stand on. */
@AnalyzeClasses(packages = "fieldnotes", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final Map<String, List<String>> STANDS_ON = new LinkedHashMap<>();

  static {
    STANDS_ON.put("common", List.of());
    STANDS_ON.put("math", List.of("common"));
    STANDS_ON.put("audio", List.of("common"));
    STANDS_ON.put("table", List.of("common", "math"));
    STANDS_ON.put("feature", List.of("common", "audio", "table"));
    STANDS_ON.put("synth", List.of("common", "audio"));
    STANDS_ON.put("data", List.of("common", "audio", "table", "synth"));
    STANDS_ON.put("evaluate", List.of("common", "math", "table"));
    STANDS_ON.put("embed", List.of("common", "math", "table", "prepare", "evaluate", "model"));
    STANDS_ON.put(
        "cluster", List.of("common", "math", "table", "prepare", "evaluate", "model", "embed"));
    STANDS_ON.put("tree", List.of("common", "math"));
    STANDS_ON.put("prepare", List.of("common", "math", "table", "cluster", "tree"));
    STANDS_ON.put(
        "model", List.of("common", "math", "table", "prepare", "evaluate", "tree", "regress"));
    STANDS_ON.put("regress", List.of("common", "math", "table", "tree", "model"));
    STANDS_ON.put("housing", List.of("common", "table", "prepare", "model", "cluster", "evaluate"));
    STANDS_ON.put("draw", List.of("common", "table"));
    STANDS_ON.put(
        "plot",
        List.of(
            "common",
            "draw",
            "audio",
            "table",
            "prepare",
            "feature",
            "embed",
            "cluster",
            "evaluate"));
    STANDS_ON.put("journal", List.of("common", "draw", "plot", "audio", "table", "evaluate"));
    STANDS_ON.put("publish", List.of("common", "draw", "table", "journal", "evaluate"));
    STANDS_ON.put(
        "notebook",
        List.of(
            "common", "draw", "plot", "journal", "audio", "table", "prepare", "data", "feature"));
    STANDS_ON.put("kernel", List.of());
  }

  @ArchTest static final ArchRule everyPackageStandsOnlyOnWhatIsBelowIt = layers();

  /** A cell imports whole packages, so a public name may stand for one thing only. */
  @ArchTest
  static void noPublicNameTwice(JavaClasses classes) {
    Map<String, List<String>> byName =
        classes.stream()
            .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(byName).allSatisfy((name, where) -> assertThat(where).as(name).hasSize(1));
  }

  private static ArchRule layers() {
    var layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    layers = layers.optionalLayer("cli").definedBy("fieldnotes.cli..");
    for (String name : STANDS_ON.keySet()) {
      layers = layers.optionalLayer(name).definedBy("fieldnotes." + name + "..");
    }
    for (Map.Entry<String, List<String>> entry : STANDS_ON.entrySet()) {
      String[] below = entry.getValue().toArray(String[]::new);
      var layer = layers.whereLayer(entry.getKey());
      layers = below.length == 0 ? layer.mayNotAccessAnyLayer() : layer.mayOnlyAccessLayers(below);
    }
    return layers;
  }
}
