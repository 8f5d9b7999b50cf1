package fieldnotes.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** What to do about a name that the compiler does not know: an import, or another spelling. */
final class NameRemedies {
  private static final int MOST_PACKAGES = 4;
  private static final Pattern CLASS =
      Pattern.compile(
          "(?:cannot find symbol|.* until this is declared or imported): (?:class|variable)"
              + " (?<name>\\p{Lu}\\w*)");
  private static final Pattern OTHER =
      Pattern.compile("cannot find symbol: (?<kind>variable|method) (?<name>\\w+).*");
  private static final Pattern PACKAGE = Pattern.compile("package (?<name>[\\w.]+) does not exist");

  private final JShell shell;
  private final KnownClasses known;
  private final MemberRemedies members;

  NameRemedies(JShell shell, KnownClasses known, MemberRemedies members) {
    this.shell = shell;
    this.known = known;
    this.members = members;
  }

  /** The error with a line on what to do, if there is something to say. */
  String added(String error) {
    return together(error, remedy(error));
  }

  /**
   * The same for an error at a place that the compiler can look at.
   *
   * @param code of the snippet
   * @param at where the error is in it
   */
  String added(String error, String code, int at) {
    return together(error, members.of(error, code, at).orElseGet(() -> remedy(error)));
  }

  private static String together(String error, String remedy) {
    return remedy.isEmpty() ? error : error + "\n" + remedy;
  }

  private String remedy(String error) {
    Matcher type = CLASS.matcher(error);
    if (type.matches()) {
      return ofClass(type.group("name"));
    }
    Matcher other = OTHER.matcher(error);
    if (other.matches()) {
      return meant(other.group("name"), declared(other.group("kind").equals("method")));
    }
    Matcher in = PACKAGE.matcher(error);
    return in.matches() ? ofPackage(in.group("name")) : "";
  }

  private String ofClass(String name) {
    List<String> packages = known.placesOf(name);
    if (!packages.isEmpty()) {
      String all =
          packages.stream().limit(MOST_PACKAGES).collect(Collectors.joining(", "))
              + (packages.size() > MOST_PACKAGES
                  ? " and %d more packages".formatted(packages.size() - MOST_PACKAGES)
                  : "");
      return "%s is in %s; add the line: import %s.%s;"
          .formatted(name, all, packages.getFirst(), name);
    }
    Set<String> declared = declared(false);
    shell.types().map(TypeDeclSnippet::name).forEach(declared::add);
    String own = meant(name, declared);
    if (!own.isEmpty()) {
      return own;
    }
    List<String> near = known.near(name);
    return near.isEmpty()
        ? ""
        : near.stream()
            .map(one -> one + " of " + known.placesOf(one).getFirst())
            .collect(Collectors.joining(", or ", "Did you mean ", "?"));
  }

  private Set<String> declared(boolean methods) {
    return (methods
            ? shell.methods().map(MethodSnippet::name)
            : shell.variables().map(VarSnippet::name))
        .filter(name -> !name.startsWith("$"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String meant(String name, Set<String> declared) {
    NearNames names = new NearNames();
    declared.forEach(names::add);
    return names.meant(name).map(one -> "Did you mean %s?".formatted(one)).orElse("");
  }

  private String ofPackage(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    if (name.equals(simple) && simple.matches("\\p{Lu}\\w*")) {
      return ofClass(name); // of a name like Map.Entry
    }
    String above = name.substring(0, name.length() - simple.length());
    return known.packagesFrom(above).stream()
        .filter(one -> Advice.distance(one, name) <= 2)
        .min(Comparator.comparingInt(one -> Advice.distance(one, name)))
        .map(one -> "Did you mean %s?".formatted(one))
        .orElse("");
  }
}
