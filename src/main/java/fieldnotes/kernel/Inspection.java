package fieldnotes.kernel;

import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** What there is to say about the name or the call at the cursor of a cell. */
final class Inspection {
  private static final Pattern MAGIC =
      Pattern.compile("(?m)^\\s*(?:\\w+\\s*=\\s*)?(?<name>%{1,2}\\w+)");
  private static final Pattern DECLARED =
      Pattern.compile("\\(|^(?:class|interface|enum|record|@interface|package) ");
  private static final int MOST_LINES = 12;
  private static final int MOST_CHARACTERS = 400;

  private final CellView view;
  private final Magics magics;
  private final Docs docs;
  private final boolean whole;

  /**
   * @param whole whether to give all of the documentation, or the first paragraph
   */
  Inspection(CellView view, Magics magics, Docs docs, boolean whole) {
    this.view = view;
    this.magics = magics;
    this.docs = docs;
    this.whole = whole;
  }

  /** Paragraphs, each a heading in code and a text; none if there is nothing to say. */
  Map<String, String> at(String cell, int at) {
    Map<String, String> found = new LinkedHashMap<>();
    if (magic(cell, at, found)) {
      return found;
    }
    int start = at;
    while (start > 0 && isPart(cell.charAt(start - 1))) {
      start--;
    }
    int end = at;
    while (end < cell.length() && isPart(cell.charAt(end))) {
      end++;
    }
    if (start < end && Character.isDigit(cell.charAt(start))) {
      while (start > 0 && (isPart(cell.charAt(start - 1)) || cell.charAt(start - 1) == '.')) {
        start--;
      }
    }
    String before = CellCode.before(cell, start, magics);
    if (before == null) {
      return found;
    }
    Cursor cursor = new Cursor(before);
    if (cursor.in() == Cursor.In.COMMENT) {
      return found;
    }
    boolean inText = cursor.in() != Cursor.In.CODE;
    String name = inText ? "" : cell.substring(start, end);
    if (!name.isEmpty() && !Character.isDigit(name.charAt(0))) {
      for (String code : CellCode.attempts(before)) {
        if (found.isEmpty()) {
          named(found, code, name, arguments(cell, end));
        }
      }
    }
    if (found.isEmpty() || isVariable(found)) {
      call(found, cell, before, cursor, start, end);
    }
    return found;
  }

  /** The call that the place is an argument of. */
  private void call(
      Map<String, String> found, String cell, String before, Cursor cursor, int start, int end) {
    boolean inText = cursor.in() != Cursor.In.CODE;
    String head = before;
    String mark = CellCode.MARK;
    if (inText) {
      head = before.substring(0, cursor.literal()).replaceFirst("\"+\\z", "");
    } else if (start < end) {
      // with the argument at the cursor, so that the compiler types it, too
      head = before + cell.substring(start, end);
      mark = ", " + mark;
    }
    boolean whole = start < end && !inText;
    int sizeBefore = found.size();
    for (String code : CellCode.attempts(head)) {
      if (found.size() == sizeBefore) {
        look(
            code,
            mark,
            (members, spot) -> {
              Spot.Call call = spot.call();
              if (call != null) {
                overloads(
                    found,
                    members,
                    call,
                    inText ? textFirst(call) : call.overloads(),
                    whole ? call.given().size() : call.given().size() + 1);
              }
            });
      }
    }
  }

  /** The overloads of a call, first those that take a text at the cursor. */
  private static List<Members.Overload> textFirst(Spot.Call call) {
    return call.overloads().stream()
        .sorted(
            Comparator.comparing(
                one -> {
                  TypeMirror type = Members.parameter(one, call.given().size());
                  return type == null || !type.toString().equals("java.lang.String");
                }))
        .toList();
  }

  private static boolean isPart(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  private interface Look {
    void at(Members members, Spot spot);
  }

  private void look(String code, String mark, Look look) {
    view.see(
        code,
        mark,
        members -> {
          Spot spot = Spot.find(members.seen(), members);
          if (spot != null) {
            look.at(members, spot);
          }
          return null;
        });
  }

  private boolean magic(String cell, int at, Map<String, String> found) {
    Matcher one = MAGIC.matcher(cell);
    while (one.find()) {
      String name = one.group("name");
      boolean known =
          name.startsWith("%%")
              ? magics.cellMagics().contains(name.substring(2))
              : magics.lineMagics().contains(name.substring(1));
      if (known && at >= one.start("name") && at <= one.end("name")) {
        Registry.Description help = magics.help(name);
        found.put(help.usage(), help.text());
        return true;
      }
    }
    return false;
  }

  /** Whether what was found is only a variable, which may be an argument of a call. */
  private static boolean isVariable(Map<String, String> found) {
    return found.size() == 1 && !DECLARED.matcher(found.keySet().iterator().next()).find();
  }

  /** What stands in the brackets after a name, or null if none follow. */
  private static String arguments(String cell, int end) {
    int open = end;
    while (open < cell.length() && Character.isWhitespace(cell.charAt(open))) {
      open++;
    }
    if (open >= cell.length() || cell.charAt(open) != '(') {
      return null;
    }
    int close = Math.min(cell.length(), open + 2_000);
    for (int i = open + 1; i < close; i++) {
      if (cell.charAt(i) == ')' && new Cursor(cell.substring(open, i + 1)).closing().equals(";")) {
        return cell.substring(open + 1, i);
      }
    }
    return "";
  }

  private void named(Map<String, String> found, String head, String name, String arguments) {
    if (arguments != null) {
      // the mark as one more argument, so that the compiler types those before it
      String mark = arguments.isBlank() ? CellCode.MARK : ", " + CellCode.MARK;
      look(
          head + name + "(" + arguments.stripTrailing(),
          mark,
          (members, spot) -> {
            Spot.Call call = spot.call();
            if (call != null) {
              overloads(found, members, call, call.overloads(), call.given().size());
            }
          });
      if (!found.isEmpty()) {
        return;
      }
    }
    look(
        head,
        CellCode.MARK,
        (members, spot) -> {
          if (spot.receiver() != null) {
            member(found, members, spot, name);
          } else {
            simple(found, members, spot, name);
          }
        });
    if (found.isEmpty()) {
      Matcher chain = Pattern.compile("((?:\\w+\\.)*)\\z").matcher(head);
      String whole = chain.find() ? chain.group(1) + name : name;
      List<String> below = view.known().packagesFrom(whole + ".");
      List<String> classes = view.known().classesIn(whole);
      if (!below.isEmpty() || !classes.isEmpty()) {
        found.put(
            "package " + whole,
            String.join(", ", below)
                + (below.isEmpty() || classes.isEmpty() ? "" : "\n")
                + String.join(", ", classes));
      }
    }
  }

  private void member(Map<String, String> found, Members members, Spot spot, String name) {
    TypeMirror type = spot.type(spot.receiver());
    boolean statics = spot.element(spot.receiver()) instanceof TypeElement;
    if (type == null) {
      String written = spot.receiver().getLeaf().toString();
      TypeElement one = members.named(written + "." + name);
      if (one != null) {
        describe(found, members, null, one);
        return;
      }
      TypeElement unknown = members.unknown(written);
      if (unknown == null) {
        return;
      }
      type = unknown.asType();
      statics = true;
    }
    List<Element> all = new ArrayList<>(members.of(type, statics));
    if (spot.isReference() && statics) {
      all.addAll(members.of(type, false));
    }
    for (Element one : sorted(all.stream().filter(e -> e.getSimpleName().contentEquals(name)))) {
      describe(found, members, type, one);
    }
  }

  private static List<Element> sorted(Stream<Element> all) {
    return all.sorted(
            Comparator.comparingInt(
                one -> one instanceof ExecutableElement m ? m.getParameters().size() : 0))
        .toList();
  }

  private void simple(Map<String, String> found, Members members, Spot spot, String name) {
    Map<String, TypeMirror> locals = spot.locals();
    if (locals.containsKey(name)) {
      found.put((Members.shortName(locals.get(name)) + " " + name).strip(), "");
      return;
    }
    List<Element> imported = new ArrayList<>(spot.enclosing());
    imported.addAll(members.imported(members.seen().unit()));
    for (Element one :
        sorted(imported.stream().filter(e -> e.getSimpleName().contentEquals(name)))) {
      if (one.getKind().isField()) {
        found.put(Members.shortName(one.asType()) + " " + name, value(view.values().get(name)));
        return;
      }
      describe(found, members, null, one);
    }
    if (found.isEmpty()) {
      Imports imports = new Imports(members.seen().unit());
      List<String> packages = view.known().placesOf(name);
      imports
          .packageOf(name, packages)
          .or(() -> packages.stream().findFirst())
          .map(of -> members.seen().elements().getTypeElement(of + "." + name))
          .ifPresent(
              type -> {
                describe(found, members, null, type);
                if (imports.packageOf(name, packages).isEmpty()) {
                  found.merge(
                      found.keySet().iterator().next(),
                      "\nNot imported; add the line: import %s;".formatted(type.getQualifiedName()),
                      (a, b) -> (a + b).strip());
                }
              });
    }
  }

  /** A value in a few lines; one of a class of the notebook's own is not asked. */
  private static String value(Object value) {
    if (value == null || isOfCell(value)) {
      return "";
    }
    String text = PlainText.of(value);
    String few = text.lines().limit(MOST_LINES).collect(Collectors.joining("\n"));
    return few.length() > MOST_CHARACTERS
        ? few.substring(0, few.offsetByCodePoints(0, MOST_CHARACTERS / 2)) + " …"
        : few + (few.length() < text.strip().length() ? "\n…" : "");
  }

  private static boolean isOfCell(Object value) {
    Object one =
        value instanceof Iterable<?> many && many.iterator().hasNext()
            ? many.iterator().next()
            : value;
    Class<?> type = one == null ? value.getClass() : one.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return type.getName().startsWith("REPL.");
  }

  /**
   * The overloads of a call: first those that the arguments fit, the others after them.
   *
   * @param count number of arguments, with the one that is being written
   */
  private void overloads(
      Map<String, String> found,
      Members members,
      Spot.Call call,
      List<Members.Overload> all,
      int count) {
    List<Members.Overload> fit = members.fitting(all, call.given());
    boolean begun = count > call.given().size();
    all.stream()
        .sorted(
            Comparator.comparing((Members.Overload one) -> !fit.contains(one))
                .thenComparing(one -> one.parameters().size() < count)
                .thenComparing(one -> !begun && one.parameters().size() != count)
                .thenComparing(one -> one.parameters().size())
                .thenComparing(one -> members.closeness(one, call.given())))
        .forEach(one -> describe(found, members, call.owner(), one.element()));
  }

  private void describe(
      Map<String, String> found, Members members, TypeMirror owner, Element element) {
    String doc = docs.of(element, members.tools(), jars(members, element));
    String text =
        doc == null ? "" : whole ? DocText.whole(doc) : DocText.plain(DocText.firstParagraph(doc));
    found.merge(heading(members, owner, element), text, (a, b) -> a.isEmpty() ? b : a);
  }

  private List<File> jars(Members members, Element element) {
    PackageElement of = members.seen().elements().getPackageOf(element);
    return view.jarsOf(of == null ? "" : of.getQualifiedName().toString());
  }

  private static String heading(Members members, TypeMirror owner, Element element) {
    String of =
        element.getEnclosingElement() instanceof TypeElement type
                && !type.getSimpleName().toString().startsWith("$")
            ? Members.shortName(members.seen().types().erasure(type.asType())) + "."
            : "";
    return switch (element) {
      case ExecutableElement method -> {
        Members.Overload one = members.overload(owner, method);
        yield method.getSimpleName().contentEquals("<init>")
            ? "new " + of.substring(0, of.length() - 1) + Members.parameters(one)
            : Members.shortName(one.result())
                + " "
                + of
                + method.getSimpleName()
                + Members.parameters(one);
      }
      case TypeElement type ->
          type.getKind().name().toLowerCase(Locale.ROOT).replace("annotation_type", "@interface")
              + " "
              + Names.plain(type.getQualifiedName().toString());
      default -> Members.shortName(element.asType()) + " " + of + element.getSimpleName();
    };
  }
}
