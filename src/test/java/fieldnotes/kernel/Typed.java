package fieldnotes.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.BeforeAll;

/** Tests of what comes up at a place of a cell, which is written as {@code ^} in its code. */
abstract class Typed extends KernelCells {
  @BeforeAll
  static void readNames() throws IOException {
    KnownClasses known = kernel.evaluator().view().known();
    known.add(ClassNames.of(NameScan.ofJdk(module -> module.equals("java.base"))));
    known.add(
        ClassNames.of(
            NameScan.of(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(one -> !one.endsWith(".jar") || one.contains("tablesaw-core"))
                    .map(Path::of)
                    .toList())));
  }

  /** The candidates at the place; what they replace is put back into the code. */
  static List<String> completed(String code) {
    return found(code).texts();
  }

  static Candidates found(String code) {
    int at = code.indexOf('^');
    String cell = code.substring(0, at) + code.substring(at + 1);
    return kernel.typing().candidates(cell, cell.codePointCount(0, at));
  }

  /** The text of an inspection, or null. */
  static String inspected(String code, boolean whole) {
    int at = code.indexOf('^');
    String cell = code.substring(0, at) + code.substring(at + 1);
    DisplayData data = kernel.inspect(cell, cell.codePointCount(0, at), whole);
    return data == null ? null : String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
  }
}
