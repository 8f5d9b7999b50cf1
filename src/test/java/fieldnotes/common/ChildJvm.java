package fieldnotes.common;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command that starts another JVM like that of the test: its flags and its class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * A process, not yet started.
   *
   * @param flags more JVM flags, such as {@code -Xmx512m}
   * @param main the class to run
   */
  public static ProcessBuilder of(List<String> flags, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                Stream.of("--add-", "--enable-native", "--sun-misc", "-Duser.")
                    .anyMatch(flag::startsWith))
        .forEach(command::add);
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
  }
}
