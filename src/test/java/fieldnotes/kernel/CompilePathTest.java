package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.FaultSweep;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilePathTest {
  private static final String PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(
              one ->
                  one.matches(".*[/\\\\](asm|gson|picocli|slf4j-api|jjava-jupyter)-[^/\\\\]*jar"))
          .collect(Collectors.joining(File.pathSeparator));

  private static StandardJavaFileManager plain() {
    return ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
  }

  private static StandardJavaFileManager plain(String path) throws IOException {
    StandardJavaFileManager files = plain();
    files.setLocationFromPaths(
        StandardLocation.CLASS_PATH,
        Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList());
    return files;
  }

  private static CompilePath indexed(boolean recording) throws IOException {
    return new CompilePath(plain(), ClassIndex.scan(PATH), PATH, recording);
  }

  private static Map<String, Integer> classes(
      StandardJavaFileManager files, Location location, String packageName, boolean recurse)
      throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    for (JavaFileObject one : files.list(location, packageName, EnumSet.of(Kind.CLASS), recurse)) {
      try (InputStream in = one.openInputStream()) {
        found.put(files.inferBinaryName(location, one), Arrays.hashCode(in.readAllBytes()));
      }
    }
    found.keySet().removeIf(name -> name.endsWith("module-info"));
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.google.gson", "org.objectweb.asm", "org.slf4j", "com.google", "no", ""})
  void listsTheVeryClassesThatTheCompilerItselfFinds(String packageName) throws IOException {
    try (StandardJavaFileManager own = plain(PATH);
        CompilePath ours = indexed(false)) {
      assertThat(classes(ours, StandardLocation.CLASS_PATH, packageName, false))
          .isEqualTo(classes(own, StandardLocation.CLASS_PATH, packageName, false));
    }
  }

  @Test
  void listsPackagesBelowToo() throws IOException {
    try (StandardJavaFileManager own = plain(PATH);
        CompilePath ours = indexed(false)) {
      assertThat(classes(ours, StandardLocation.CLASS_PATH, "com.google.gson", true))
          .hasSizeGreaterThan(100)
          .isEqualTo(classes(own, StandardLocation.CLASS_PATH, "com.google.gson", true));
    }
  }

  @Test
  void whatWasSeenOfTheJdkIsListedFromTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("index");
    Map<String, Integer> expected;
    ClassIndex index = ClassIndex.scan(PATH);
    try (CompilePath ours = new CompilePath(plain(), index, PATH, true)) {
      Location base = ours.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base");
      expected = classes(ours, base, "java.util.zip", false);
      assertThat(expected).containsKey("java.util.zip.ZipFile$Source");
      // java.lang holds a data file, uniName.dat, which the compiler asks for with the classes
      assertThat(ours.list(base, "java.lang", EnumSet.allOf(Kind.class), false))
          .isNotEmpty()
          .allMatch(one -> one.getKind() == Kind.CLASS);
    }
    index.write(file);
    ClassIndex read = ClassIndex.read(file, PATH);
    assertThat(read.remembered("java.base", "java.util.zip")).hasSize(expected.size());
    ClassLoader loader = CompilePathTest.class.getClassLoader();
    assertThat(read.extensions(loader))
        .hasSameSizeAs(index.extensions(loader))
        .hasExactlyElementsOfTypes(
            index.extensions(loader).stream().map(Object::getClass).toArray(Class<?>[]::new));
    try (StandardJavaFileManager own = plain();
        CompilePath ours = new CompilePath(plain(), read, PATH, false)) {
      Location base = ours.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base");
      assertThat(classes(ours, base, "java.lang", false)).containsKey("java.lang.String");
      assertThat(classes(ours, base, "java.util.zip", false))
          .isEqualTo(expected)
          .isEqualTo(
              classes(
                  own,
                  own.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base"),
                  "java.util.zip",
                  false));
    }
  }

  @Test
  @DisplayName("an index of other jars, or none, does not count")
  void onlyForItsOwnPath(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("one.jar");
    Files.copy(Path.of(PATH.split(File.pathSeparator)[0]), jar);
    Path file = folder.resolve("index");
    ClassIndex.scan(jar.toString()).write(file);
    assertThat(ClassIndex.read(file, jar.toString())).isNotNull();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0x81;
      Files.write(file, damaged);
      assertThat(ClassIndex.read(file, jar.toString())).as("damaged at %s", at).isNull();
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(ClassIndex.read(file, jar.toString())).as("cut at %s", at).isNull();
    }
    Files.write(file, whole);
    assertThat(ClassIndex.read(file, PATH)).isNull();
    assertThat(ClassIndex.read(folder.resolve("none"), PATH)).isNull();
    Files.write(jar, new byte[1], java.nio.file.StandardOpenOption.APPEND);
    assertThat(ClassIndex.read(file, jar.toString())).isNull();
    Files.write(file, new byte[] {0, 0});
    assertThat(ClassIndex.read(file, jar.toString())).isNull();
    assertThatThrownBy(() -> ClassIndex.scan(folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a jar");
  }

  @Test
  @DisplayName("whichever operation fails, the index is the old or the new one, and named")
  void writingFails(@TempDir Path folder) throws Exception {
    String jar = PATH.split(File.pathSeparator)[0];
    FaultSweep sweep =
        FaultSweep.of(
            "index of classes",
            folder,
            f -> Files.writeString(f.resolve("index"), "old"),
            f -> ClassIndex.scan(jar).write(f.resolve("index")));
    assertThat(sweep.run(1).faults()).isPositive();
  }

  @Test
  void whatIsAddedLaterIsFoundToo() throws IOException {
    String[] jars = PATH.split(File.pathSeparator);
    String first = jars[0];
    try (CompilePath ours = new CompilePath(plain(), ClassIndex.scan(first), first, false);
        StandardJavaFileManager own = plain(PATH)) {
      assertThat(ours.handleOption("-classpath", List.of(PATH).iterator())).isTrue();
      assertThat(classes(ours, StandardLocation.CLASS_PATH, "", true))
          .isEqualTo(classes(own, StandardLocation.CLASS_PATH, "", true));
      assertThat(ours.getLocationAsPaths(StandardLocation.CLASS_PATH))
          .map(Path::toString)
          .containsExactly(jars);
      assertThat(
              ours.getJavaFileForInput(
                  StandardLocation.CLASS_PATH, "com.google.gson.Gson", Kind.CLASS))
          .isNotNull();
    }
  }
}
