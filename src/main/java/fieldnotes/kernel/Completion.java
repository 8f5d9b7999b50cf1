package fieldnotes.kernel;

import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What can stand at the cursor of a cell. Nothing of the cell is run: the compiler looks at the
 * code before the cursor, also at that of lines that have not run.
 */
final class Completion {
  /** Magics whose arguments are files. */
  private static final Set<String> WITH_FILES =
      Set.of("load", "jars", "addJars", "classpath", "addClasspath", "loadFromPOM");

  private static final Pattern MAGIC_NAME =
      Pattern.compile("\\A\\s*(?<percent>%{1,2})(?<name>\\w*)\\z");
  private static final Pattern MAGIC_FILE =
      Pattern.compile(
          "\\A\\s*(?:\\w+\\s*=\\s*)?%(?<name>\\w+)\\s(?:.*[\\s\"])?(?<file>[^\\s\"]*)\\z");
  private static final Pattern CHAIN =
      Pattern.compile("(?<chain>\\p{L}[\\w$]*(?:\\.[\\w$]+)*)\\.\\z");

  private final CellView view;
  private final Magics magics;
  private final TextHints hints;

  Completion(CellView view, Magics magics, TextHints hints) {
    this.view = view;
    this.magics = magics;
    this.hints = hints;
  }

  /**
   * The candidates at a place of a cell.
   *
   * @param at in chars from the start of the cell
   */
  Candidates at(String cell, int at) {
    int line = cell.lastIndexOf('\n', at - 1) + 1;
    String start = cell.substring(line, at);
    Matcher magic = MAGIC_NAME.matcher(start);
    if (magic.matches()) {
      return magics(magic, line);
    }
    Matcher file = MAGIC_FILE.matcher(start);
    if (file.matches() && WITH_FILES.contains(file.group("name"))) {
      Candidates found = new Candidates(line + file.start("file"));
      for (Begun begun : Begun.tries(file.group("file"))) {
        if (found.isEmpty()) {
          Paths.add(found, begun);
        }
      }
      return found;
    }
    String before = CellCode.before(cell, at, magics);
    Candidates none = new Candidates(at);
    if (before == null) {
      return none;
    }
    int shift = at - before.length();
    Cursor cursor = new Cursor(before);
    return switch (cursor.in()) {
      case COMMENT, CHARACTER -> none;
      case TEXT -> new TextCompletion(view, hints).at(before, cursor.literal(), shift);
      case CODE -> code(before, cursor, shift);
    };
  }

  private Candidates magics(Matcher magic, int line) {
    String percent = magic.group("percent");
    Candidates found = new Candidates(line + magic.start("percent"));
    (percent.length() == 1 ? magics.lineMagics() : magics.cellMagics())
        .stream()
            .filter(name -> name.startsWith(magic.group("name")))
            .forEach(
                name -> found.add(percent + name, "magic", magics.help(percent + name).usage()));
    return found;
  }

  private Candidates code(String before, Cursor cursor, int shift) {
    int nameStart = cursor.nameStart();
    String prefix = before.substring(nameStart);
    String head = before.substring(0, nameStart);
    Candidates found = new Candidates(shift + nameStart);
    if (!prefix.isEmpty() && Character.isDigit(prefix.charAt(0))) {
      return found;
    }
    Packages packages = new Packages(view);
    boolean isImport = false;
    for (Begun begun : Begun.tries(prefix)) {
      if (found.isEmpty()) {
        isImport = packages.addImport(found, cursor.statements().getLast(), begun);
      }
    }
    if (isImport) {
      return found;
    }
    String word = CellCode.lastWord(head);
    String mark =
        CellCode.MARK
            + switch (word) {
              case "new" -> "()";
              case "case" -> " -> {}";
              default -> "";
            };
    for (String code : CellCode.attempts(head)) {
      view.see(
          code,
          mark,
          members -> {
            Spot spot = Spot.find(members.seen(), members);
            for (Begun begun : spot == null ? List.<Begun>of() : Begun.tries(prefix)) {
              if (found.isEmpty() && spot.receiver() != null) {
                members(found, spot, members, begun, head);
              } else if (found.isEmpty()) {
                new NameCompletion(view, members, spot, begun, word).add(found);
              }
            }
            return null;
          });
      if (!found.isEmpty()) {
        return found;
      }
    }
    if (head.endsWith(".")) {
      Matcher chain = CHAIN.matcher(head);
      if (chain.find()) {
        for (Begun begun : Begun.tries(prefix)) {
          if (found.isEmpty()) {
            packages.add(found, chain.group("chain"), begun);
          }
        }
      }
    } else if (!prefix.isEmpty()) {
      packages.addTop(found, prefix);
    }
    return found;
  }

  private void members(Candidates found, Spot spot, Members members, Begun begun, String head) {
    TreePath receiver = spot.receiver();
    Element element = spot.element(receiver);
    TypeMirror type = spot.type(receiver);
    String written = receiver.getLeaf().toString();
    String qualified = "";
    boolean statics = element instanceof TypeElement;
    if (type == null) {
      TypeElement unknown = members.unknown(written);
      if (unknown != null) {
        // Not imported: the whole name is inserted.
        qualified = unknown.getQualifiedName() + ".";
      } else {
        unknown = begun.isEmpty() ? null : members.importedInOtherCase(written);
        if (unknown == null) {
          return; // perhaps a package, which is looked up by its name
        }
        qualified = unknown.getSimpleName() + ".";
      }
      found.startAt(found.start() - (head.length() - head.lastIndexOf(written)));
      type = unknown.asType();
      statics = true;
    }
    if (type.getKind() == TypeKind.ARRAY) {
      for (String one : List.of("length", "clone()")) {
        if (begun.begins(one)) {
          found.add(one, "property", one.equals("length") ? "int" : Members.shortName(type));
        }
      }
      return;
    }
    List<TypeMirror> expected = spot.expected();
    List<Element> all = members.of(type, statics);
    if (spot.isReference() && statics) {
      all = new ArrayList<>(all);
      all.addAll(members.of(type, false));
    }
    List<List<Element>> groups =
        Members.byName(all.stream().filter(one -> begun.begins(one.getSimpleName())).toList())
            .values()
            .stream()
            .toList();
    TypeMirror of = type;
    for (boolean fitting : new boolean[] {true, false}) {
      for (List<Element> group : groups) {
        boolean fits =
            group.stream().anyMatch(one -> NameCompletion.fits(members, of, one, expected));
        if (fits == fitting) {
          add(found, members, of, group, qualified, spot.isReference());
        }
      }
    }
    if (spot.isReference() && begun.begins("new")) {
      found.add("new", "keyword", "");
    } else if (statics && begun.begins("class")) {
      found.add(qualified + "class", "keyword", "Class<" + Members.shortName(type) + ">");
    }
  }

  /** Adds the overloads of a method, a field or a nested class as one candidate. */
  static void add(
      Candidates found,
      Members members,
      TypeMirror owner,
      List<Element> group,
      String before,
      boolean reference) {
    Element first = group.getFirst();
    String name = before + first.getSimpleName();
    if (first instanceof ExecutableElement method) {
      boolean bare =
          group.stream().allMatch(one -> ((ExecutableElement) one).getParameters().isEmpty());
      Members.Overload shown = members.overload(owner, method);
      found.add(
          reference ? name : name + (bare ? "()" : "("),
          "function",
          Members.parameters(shown)
              + " : "
              + Members.shortName(shown.result())
              + (group.size() > 1 ? "  (+%d)".formatted(group.size() - 1) : ""));
    } else if (reference) {
      return;
    } else if (first.getKind().isField()) {
      found.add(
          name,
          first.getKind() == ElementKind.ENUM_CONSTANT ? "property" : "instance",
          Members.shortName(first.asType()));
    } else {
      found.add(name, "class", first.getKind().name().toLowerCase(Locale.ROOT));
    }
  }

  /** What front ends show next to the candidates. */
  static Map<String, Object> metadata(Candidates found, int start, int end) {
    return Map.of(
        "_jupyter_types_experimental",
        found.list().stream()
            .map(
                one ->
                    Map.of(
                        "start",
                        start,
                        "end",
                        end,
                        "text",
                        one.text(),
                        "type",
                        one.kind(),
                        "signature",
                        one.signature()))
            .toList());
  }
}
