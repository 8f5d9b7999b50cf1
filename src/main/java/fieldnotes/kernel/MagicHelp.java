package fieldnotes.kernel;

import java.util.Map;

/** What the magics do, in a sentence each. */
final class MagicHelp {
  private record Use(String usage, String does) {}

  private static final Map<String, Use> ALL =
      Map.ofEntries(
          use("%load", "%load FILE", "Runs a Java script (.jshell, .java) or a notebook (.ipynb)."),
          use("%lsmagic", "%lsmagic", "Lists all magics."),
          use("%time", "%time CODE", "Runs the code on the line and prints how long it took."),
          use("%%time", "%%time", "Runs the cell and prints how long it took."),
          use(
              "%timeit",
              "%timeit CODE", "Runs the code many times and prints how long one run takes."),
          use(
              "%%timeit",
              "%%timeit", "Runs the cell many times and prints how long one run takes."),
          use("%doctor", "%doctor", "Checks the kernel and what it needs."),
          use("%who", "%who", "Lists the variables."),
          use("%whos", "%whos", "Lists the variables with their types and values."),
          use("%history", "%history", "Prints the cells that have run."),
          use("%fieldnotes", "%fieldnotes", "Says what is imported, and where names clash."),
          use(
              "%jars",
              "%jars FILE.jar …",
              "Adds jars to the class path; a path may contain * and starts at the notebook's"
                  + " folder."),
          use("%addJars", "%addJars FILE.jar …", "The same as %jars."),
          use(
              "%classpath",
              "%classpath PATH …",
              "Adds jars or folders of classes to the class path; a path may contain *."),
          use("%addClasspath", "%addClasspath PATH …", "The same as %classpath."),
          use(
              "%maven",
              "%maven group:artifact:version … [--from=URL]",
              "Downloads libraries, with those they need, and adds them to the class path."),
          use("%addMavenDependency", "%addMavenDependency …", "The same as %maven."),
          use("%addMavenDependencies", "%addMavenDependencies …", "The same as %maven."),
          use("%mavenRepo", "%mavenRepo NAME URL", "Adds a repository in which %maven looks."),
          use("%addMavenRepo", "%addMavenRepo NAME URL", "The same as %mavenRepo."),
          use("%dependency", "%dependency /add … | /resolve", "Libraries as rapaio's kernel has."),
          use("%loadFromPOM", "%loadFromPOM FILE", "Adds the libraries that a Maven POM names."),
          use(
              "%%loadFromPOM",
              "%%loadFromPOM", "Adds the libraries that the POM in the cell names."),
          use(
              "%jshell",
              "%jshell /vars | /methods | /types | /imports | /list",
              "Lists what the notebook has declared."),
          use("%%html", "%%html", "Shows the cell as HTML."),
          use("%%markdown", "%%markdown", "Shows the cell as Markdown."),
          use("%%latex", "%%latex", "Shows the cell as a formula in LaTeX."),
          use("%%svg", "%%svg", "Shows the cell as a drawing in SVG."),
          use("%%javascript", "%%javascript", "Runs the cell as JavaScript in the browser."),
          use("%%js", "%%js", "The same as %%javascript."));

  private MagicHelp() {}

  private static Map.Entry<String, Use> use(String name, String usage, String does) {
    return Map.entry(name, new Use(usage, does));
  }

  /** How a magic is written, or nothing if that is unknown. */
  static String usage(String name) {
    Use use = ALL.get(name);
    return use == null ? "" : use.usage();
  }

  /** How a magic is written and what it does. */
  static String text(String name) {
    Use use = ALL.get(name);
    return use == null
        ? name + "\nA magic that a notebook or an extension has added."
        : use.usage() + "\n" + use.does();
  }
}
