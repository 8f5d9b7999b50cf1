package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectTest {
  @TempDir Path folder;
  private String home;
  private String cache;

  @BeforeEach
  void before() {
    home = System.getProperty("fieldnotes.home");
    cache = System.getProperty("fieldnotes.cache");
    System.clearProperty("fieldnotes.cache");
  }

  @AfterEach
  void after() {
    set("fieldnotes.home", home);
    set("fieldnotes.cache", cache);
  }

  private static void set(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  @DisplayName("the property comes first, and the cache lies in data/cache unless it is told")
  void byProperty() {
    System.setProperty("fieldnotes.home", folder.resolve("x/../y").toString());
    assertThat(Project.home()).isEqualTo(folder.resolve("y"));
    assertThat(Project.cache()).isEqualTo(folder.resolve("y/data/cache"));
    System.setProperty("fieldnotes.cache", folder.resolve("kept").toString());
    assertThat(Project.cache()).isEqualTo(folder.resolve("kept"));
    assertThat(Project.setting("fieldnotes.cache", "NONE")).isEqualTo(folder + "/kept");
    assertThat(Project.setting("fieldnotes.none", "FIELDNOTES_NO_SUCH_VARIABLE")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "true, true", "yes, true", "0, false", "' False ', false"})
  @DisplayName("the full size is asked for by any word but 0 and false")
  void full(String word, boolean full) {
    String before = System.getProperty("fieldnotes.full");
    System.setProperty("fieldnotes.full", word);
    try {
      assertThat(Project.full()).isEqualTo(full);
    } finally {
      set("fieldnotes.full", before);
    }
  }

  @Test
  @DisplayName("without it, the folder above with pom.xml and notebooks")
  void byPlace() {
    System.clearProperty("fieldnotes.home");
    assertThat(Project.home()).isAbsolute();
    if (System.getenv("FIELDNOTES_HOME") == null) {
      assertThat(Files.exists(Project.home().resolve("pom.xml"))).isTrue();
    }
  }
}
