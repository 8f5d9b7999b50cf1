package fieldnotes.build;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The way of the data is one way: what each package may stand on. */
@AnalyzeClasses(packages = "fieldnotes", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final Map<String, List<String>> STANDS_ON = new LinkedHashMap<>();

  static {
    put("common", "");
    put("math", "common");
    put("audio", "common math");
    put("table", "common math");
    put("prepare", "common math table");
    put("synth", "common audio table");
    put("feature", "common math audio table");
    put("image", "common table");
    put("text", "common table");
    put("data", "common audio table synth feature image text");
    put("evaluate", "common math table");
    put("model", "common table prepare evaluate math");
    put("tree", "common math table");
    put("embed", "common math table prepare evaluate model");
    put("cluster", "common math table prepare evaluate model embed");
    put("regress", "common math table prepare evaluate model tree");
    put("classify", "common math table prepare evaluate model tree");
    put("forecast", "common math table prepare evaluate model");
    put("deep", "common math table prepare evaluate model audio image text");
    put("explain", "common math table prepare evaluate model");
    put("housing", "common table prepare evaluate model regress cluster data");
    put("label", "common math audio table prepare evaluate model data embed cluster classify tree");
    put(
        "detect",
        "common math audio table feature prepare synth data evaluate model tree classify");
    put("scratch", "");
    put("draw", "common table");
    put(
        "plot",
        "common math draw audio table prepare feature embed cluster tree evaluate model regress"
            + " classify forecast explain label detect");
    put("journal", "common draw plot audio table evaluate");
    put("publish", "common draw table journal evaluate");
    put("watch", "common model evaluate table");
    put("serve", "common audio table feature evaluate model classify draw plot label detect data");
    put(
        "notebook",
        "common draw plot journal audio table data feature prepare evaluate model label serve");
    put("widget", "common table notebook");
    put("debug", "");
    put("kernel", "debug");
  }

  private static void put(String room, String floors) {
    STANDS_ON.put(room, floors.isEmpty() ? List.of() : List.of(floors.split(" ")));
  }

  @ArchTest
  static void everyPackageStandsOnlyOnWhatIsBelowIt(JavaClasses classes) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass one : classes) {
      List<String> below = STANDS_ON.get(room(one));
      if (below == null) { // cli, which stands on all
        continue;
      }
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        String other = room(dependency.getTargetClass().getBaseComponentType());
        if (!other.isEmpty() && !other.equals(room(one)) && !below.contains(other)) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The part of a package's name after {@code fieldnotes.}; empty for what is not of the house. */
  private static String room(JavaClass one) {
    String[] parts = one.getPackageName().split("\\.");
    return parts.length > 1 && parts[0].equals("fieldnotes") ? parts[1] : "";
  }

  @ArchTag("long")
  @ArchTest
  static final ArchRule noCycles = slices().matching("fieldnotes.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule filesAreWrittenWholeInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("fieldnotes.kernel")
          .and()
          .doNotHaveSimpleName("WholeFile")
          .should()
          .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class);

  /**
   * Who opens files for writing without {@code WholeFile}: a download, which goes on where it was
   * cut off, and unpacking, into a folder that is moved when it is whole. The kernel knows nothing
   * of the rest.
   */
  private static final String WRITERS =
      "fieldnotes\\.(common\\.WholeFile|data\\.(Arrival|Unpack)|kernel\\..*)(\\$.*)?";

  @ArchTest
  static final ArchRule filesAreOpenedForWritingInOnePlace =
      noClasses()
          .that()
          .haveNameNotMatching(WRITERS)
          .should()
          .callMethodWhere(
              target(owner(type(Files.class)))
                  .and(
                      target(
                          nameMatching(
                              "write|writeString|newOutputStream|newBufferedWriter|newByteChannel"
                                  + "|copy"))))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(FileOutputStream.class, FileWriter.class, RandomAccessFile.class);

  @ArchTest
  static final ArchRule digestsAreMadeInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("fieldnotes.kernel")
          .and()
          .doNotHaveSimpleName("Sha256")
          .and()
          .doNotHaveSimpleName("Download") // MD5, where a source gives no other
          .should()
          .callMethod(MessageDigest.class, "getInstance", String.class);

  @ArchTest
  static void everyPackageIsInTheTable(JavaClasses classes) {
    Set<String> rooms =
        classes.stream()
            .map(HouseTest::room)
            .filter(room -> !room.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    rooms.remove("cli"); // stands on all
    assertThat(STANDS_ON.keySet()).containsAll(rooms);
  }

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
}
