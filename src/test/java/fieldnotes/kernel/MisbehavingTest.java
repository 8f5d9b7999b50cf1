package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of the user that the kernel calls: it may loop, throw or say too much. */
public class MisbehavingTest extends KernelCells {
  /** What a test hands to a cell's thread. */
  public static volatile CountDownLatch reached;

  private static RuntimeException failure(String cell) {
    // AssertJ would call the methods of the cause.
    try {
      value(cell);
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("did not fail: " + cell);
  }

  /** Called by a cell: never ends by itself. */
  public static void loop() {
    reached.countDown();
    value();
  }

  private static void value() {
    while (true) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "try { throw new OutOfMemoryError(); } catch (OutOfMemoryError e) {} | 1",
        "try { throw new OutOfMemoryError(); } catch (Throwable e) {} | 1",
        "do { try { throw new OutOfMemoryError(); } finally { break; } } while (true); | 1",
        "try { throw new IllegalStateException(); } catch (Throwable e) {} | 0",
        "try { throw new IllegalStateException(); } catch (RuntimeException e) {} | 0",
        "for (int i = 0; i < 3; i++) {"
            + " try { throw new OutOfMemoryError(); } catch (Error e) { Thread.sleep(20); } } | 3"
      })
  @DisplayName("lacks of memory that a cell catches are counted")
  void lacks(String code, int expected) {
    int before = StopCheck.lacks();
    value(code);
    assertThat(StopCheck.lacks() - before).isEqualTo(expected);
  }

  @Test
  @DisplayName("a lack of memory that passes a hundred handlers on its way is one")
  void lackOnItsWay() {
    value(
        """
        void down(int n) {
          try {
            if (n == 0) {
              throw new OutOfMemoryError();
            }
            down(n - 1);
          } finally {
            n++;
          }
        }""");
    value("try { down(100); } catch (OutOfMemoryError e) {}"); // what is new is slow
    int before = StopCheck.lacks();
    value("try { down(100); } catch (OutOfMemoryError e) {}");
    // one, or a few on a machine that pauses meanwhile
    assertThat(StopCheck.lacks() - before).isBetween(1, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Throwable getCause() { throw new IllegalStateException(); } | A",
        "StackTraceElement[] getStackTrace() { throw new IllegalStateException(); } | A",
        "StackTraceElement[] getStackTrace() { return null; } | A",
        "StackTraceElement[] getStackTrace() { return new StackTraceElement[1]; } | A",
        "String getMessage() { throw new IllegalStateException(); }"
            + "| A (its message threw java.lang.IllegalStateException)",
        "String getMessage() { throw new Error(); } | A (its message threw java.lang.Error)",
        "String getMessage() { return getMessage() + 1; }"
            + "| A (its message threw java.lang.StackOverflowError)",
        "String getMessage() { throw new OutOfMemoryError(); }"
            + "| A (its message threw java.lang.OutOfMemoryError)",
        "String getMessage() { System.exit(1); return null; }"
            + "| A (its message threw SystemExit)",
        "String toString() { throw new NoClassDefFoundError(); }"
            + "| A (its message threw java.lang.NoClassDefFoundError)",
        "String toString() { return null; } | null"
      })
  @DisplayName("an exception whose methods fail is shown by its class, with its line in the cell")
  void failing(String method, String firstLine) {
    RuntimeException e =
        failure("class A extends RuntimeException {\n  public " + method + "\n}\nthrow new A();");
    assertThat(((CellFailure) e).name()).isEqualTo("A");
    assertThat(shown(e).lines().toList())
        .startsWith(firstLine)
        .endsWith("    at Cell In[7], line 4")
        .doesNotContain("fieldnotes.kernel");
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "String getMessage() { reached.countDown(); while (true) {} }",
        "String getMessage() { loop(); return null; }",
        "String toString() { reached.countDown(); while (true) {} }",
        "Throwable getCause() { reached.countDown(); while (true) {} }",
        "StackTraceElement[] getStackTrace() { reached.countDown(); while (true) {} }"
      })
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("an exception whose methods do not end is stopped")
  void endless(String method) throws Exception {
    String type = "class B extends RuntimeException {\n  public " + method + "\n}\n";
    stops(type + "throw new B();");
    // Its text would be the reason why a variable has no value.
    stops(type + "int b = ((Supplier<Integer>) () -> { throw new B(); }).get();");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%endless", "%%endless\nbody", "var e = %endless", "%throwing"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("a magic of the notebook is stopped, and so is the text of what it throws")
  void magics(String cell) throws Exception {
    value(
        """
        import static fieldnotes.kernel.MisbehavingTest.*;
        import io.github.spencerpark.jupyter.kernel.magic.registry.*;
        class C extends Exception { public String getMessage() { loop(); return ""; } }
        class Mine {
          @LineMagic public Object endless(List<String> a) {
            reached.countDown();
            while (true) {}
          }
          @CellMagic("endless") public Object body(List<String> a, String b) { return endless(a); }
          @LineMagic public Object throwing(List<String> a) throws C { throw new C(); }
          @LineMagic public Object failing(List<String> a) throws IOException {
            throw new IOException("no disk");
          }
          @LineMagic public Object fine(List<String> a) { return a.size(); }
        }
        getKernelInstance().getMagics().registerMagics(new Mine());
        """);
    stops(cell);
    assertThat(shown(failure("%failing")))
        .startsWith("java.io.IOException: no disk\n")
        .endsWith("    at failing (Cell In[7], line 12)");
    assertThat(value("int fine = %fine a b\nfine")).isEqualTo(2);
  }

  private static void stops(String cell) throws Exception {
    reached = new CountDownLatch(1);
    Thread stopper = Thread.ofPlatform().start(() -> stopWhen(reached));
    String imports = "import static fieldnotes.kernel.MisbehavingTest.*;\n";
    assertThat(
            catchThrowableOfType(
                CellStopped.class, () -> value(cell.startsWith("%") ? cell : imports + cell)))
        .as(cell)
        .isNotNull();
    stopper.join();
    assertThat(value("1 + 1")).isEqualTo(2);
  }

  @Test
  @DisplayName("a stop also ends the threads that earlier statements of the cell have made")
  void earlierThreads() throws Exception {
    value("Thread before = new Thread(() -> { while (true) {} });\nbefore.setDaemon(true);");
    value("before.start();");
    stops(
        """
        Thread worker = new Thread(() -> { while (true) {} });
        worker.setUncaughtExceptionHandler((t, e) -> {});
        worker.start();
        reached.countDown();
        worker.join();
        """);
    assertThat(value("worker.join(10_000);\nworker.isAlive()")).isEqualTo(false);
  }

  @Test
  @DisplayName("texts of errors are cut like those of values")
  void longTexts() {
    RuntimeException e =
        failure(
            "throw new RuntimeException(\"x\".repeat(30_000), new Error(\"y\".repeat(20_000)));");
    assertThat(e.getMessage())
        .hasSizeBetween(10_000, 10_100)
        .endsWith("(30,000 characters in all)");
    assertThat(shown(e))
        .hasSizeLessThan(21_000)
        .contains("xxx… (30,028 characters in all)\n", "yyy… (20,017 characters in all)\n");
    failure(
        "int long1 = ((Supplier<Integer>) () -> { throw new Error(\"z\".repeat(20_000)); }).get();");
    assertThat(shown(failure("long1 + 1"))).hasSizeLessThan(11_000).contains("has no value");
    assertThat(shown(failure("%load " + "f".repeat(100_000)))).hasSizeLessThan(11_000);
  }
}
