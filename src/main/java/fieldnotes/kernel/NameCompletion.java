package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Completes a name that stands alone: variables, methods, words of the language, classes. */
final class NameCompletion {
  private static final List<String> WORDS =
      List.of(
          ("abstract assert boolean break byte case catch char class continue default do double"
                  + " else enum extends false final finally float for if implements import"
                  + " instanceof int interface long new null record return sealed short static"
                  + " switch synchronized this throw true try var void while yield")
              .split(" "));

  /** Classes that are not imported are many; the nearest are enough. */
  private static final int MOST_ELSEWHERE = 40;

  private final KnownClasses known;
  private final Members members;
  private final Spot spot;
  private final Begun begun;
  private final String word;
  private final Imports imports;
  private final List<TypeMirror> expected;

  /**
   * @param begun what is written of the name
   * @param word what stands before it, for example {@code new}
   */
  NameCompletion(CellView view, Members members, Spot spot, Begun begun, String word) {
    this.known = view.known();
    this.members = members;
    this.spot = spot;
    this.begun = begun;
    this.word = word;
    this.imports = new Imports(members.seen().unit());
    this.expected = spot.expected();
  }

  void add(Candidates found) {
    boolean onlyClasses =
        List.of("new", "extends", "implements", "throws", "instanceof", "@").contains(word);
    if (onlyClasses) {
      if (word.equals("new")) {
        expected.forEach(type -> created(found, type));
      }
      cellClasses(found);
      classes(found);
      return;
    }
    TypeMirror switched = spot.switched();
    if (switched != null) {
      constants(found, switched, "");
      return;
    }
    Map<String, TypeMirror> variables = new LinkedHashMap<>(spot.locals());
    List<Element> imported = members.imported(members.seen().unit());
    imported.stream()
        .filter(one -> one.getKind().isField())
        .filter(one -> begun.text().startsWith("$") || one.getSimpleName().charAt(0) != '$')
        .filter(one -> !begun.isEmpty() || isOfCell(one) || fits(members, null, one, expected))
        .forEach(one -> variables.putIfAbsent(one.getSimpleName().toString(), one.asType()));
    variables.keySet().removeIf(name -> !begun.begins(name));
    List<Element> methods = new ArrayList<>();
    Stream.concat(spot.enclosing().stream(), imported.stream())
        .filter(ExecutableElement.class::isInstance)
        .filter(one -> begun.begins(one.getSimpleName()))
        .forEach(methods::add);
    if (!expected.isEmpty()) {
      variables(found, variables, true);
      statics(found);
      truths(found);
      labels(found);
    }
    variables(found, variables, false);
    if (begun.isEmpty()) {
      methods.removeIf(one -> !isOfCell(one));
    }
    for (boolean fitting : new boolean[] {true, false}) {
      for (List<Element> group : Members.byName(methods).values()) {
        boolean fits = group.stream().anyMatch(one -> fits(members, null, one, expected));
        if (fits == fitting) {
          Completion.add(found, members, null, group, "", false);
        }
      }
    }
    if (begun.isEmpty()) {
      return;
    }
    cellClasses(found);
    WORDS.stream().filter(begun::begins).forEach(one -> found.add(one, "keyword", ""));
    classes(found);
    known.packagesFrom(begun.text()).stream()
        .sorted(Comparator.comparingInt(KnownClasses::rank).thenComparing(name -> name))
        .limit(10)
        .forEach(name -> found.add(name, "module", "package"));
  }

  /** Whether a member gives what is wanted; false if anything is. */
  static boolean fits(
      Members members, TypeMirror owner, Element member, List<TypeMirror> expected) {
    TypeMirror type =
        member instanceof ExecutableElement method
            ? members.overload(owner, method).result()
            : member.asType();
    if (Members.isOfObject(member)) {
      return false;
    }
    return expected.stream()
        .filter(one -> !one.toString().equals("java.lang.Object"))
        .anyMatch(one -> type.getKind() != TypeKind.VOID && members.fits(type, one));
  }

  private void variables(Candidates found, Map<String, TypeMirror> all, boolean onlyFitting) {
    all.forEach(
        (name, type) -> {
          if (!onlyFitting
              || (type != null && expected.stream().anyMatch(one -> members.fits(type, one)))) {
            found.add(name, "instance", Members.shortName(type));
          }
        });
  }

  /** The parameter that is wanted, as a comment that names it. */
  private void labels(Candidates found) {
    Spot.Call call = begun.isEmpty() ? spot.call() : null;
    if (call == null) {
      return;
    }
    int index = call.given().size();
    for (Members.Overload one : members.fitting(call.overloads(), call.given())) {
      List<String> names = Members.names(one.element());
      TypeMirror type = Members.parameter(one, index);
      String name = type == null ? "" : names.get(Math.min(index, names.size() - 1));
      if (!name.isEmpty()) {
        found.add(
            "/* " + name + " */ ",
            "text",
            Members.shortName(type) + " of " + call.name() + Members.parameters(one));
      }
    }
  }

  private void truths(Candidates found) {
    if (expected.stream().anyMatch(one -> one.getKind() == TypeKind.BOOLEAN)) {
      Stream.of("true", "false")
          .filter(begun::begins)
          .forEach(one -> found.add(one, "keyword", "boolean"));
    }
  }

  /** The constants and makers that the wanted type has itself. */
  private void statics(Candidates found) {
    for (TypeMirror one : expected) {
      if (one instanceof DeclaredType declared
          && declared.asElement() instanceof TypeElement type) {
        String name = nameOf(type);
        boolean isEnum = type.getKind() == ElementKind.ENUM;
        boolean isMeant = begun.begins(type.getSimpleName());
        if (isMeant && isEnum) {
          constants(found, one, name + ".");
        } else if (isMeant && !packageOf(type).startsWith("java.")) {
          List<Element> makers =
              members.of(one, true).stream()
                  .filter(member -> fits(members, one, member, List.of(one)))
                  .toList();
          Members.byName(makers)
              .values()
              .forEach(group -> Completion.add(found, members, one, group, name + ".", false));
        }
      }
    }
  }

  private void constants(Candidates found, TypeMirror type, String before) {
    if (type instanceof DeclaredType declared) {
      boolean all = !before.isEmpty();
      declared.asElement().getEnclosedElements().stream()
          .filter(one -> one.getKind() == ElementKind.ENUM_CONSTANT)
          .filter(one -> all || begun.begins(one.getSimpleName()))
          .forEach(
              one -> found.add(before + one.getSimpleName(), "property", Members.shortName(type)));
    }
  }

  /** What can be created where a type is wanted. */
  private void created(Candidates found, TypeMirror type) {
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement of
        && isMade(of)
        && begun.begins(of.getSimpleName())) {
      found.add(nameOf(of) + "(", "class", packageOf(of));
    }
  }

  private static boolean isMade(Element type) {
    return (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
        && !type.getModifiers().contains(Modifier.ABSTRACT);
  }

  private boolean isMade(String className) {
    TypeElement type = members.seen().elements().getTypeElement(className);
    return type != null && isMade(type) && !members.constructors(type.asType(), "").isEmpty();
  }

  private void cellClasses(Candidates found) {
    Stream.concat(spot.enclosing().stream(), members.imported(members.seen().unit()).stream())
        .filter(TypeElement.class::isInstance)
        .filter(one -> isOfCell(one) && begun.begins(one.getSimpleName()))
        .filter(one -> !word.equals("new") || isMade(one))
        .forEach(
            one ->
                found.add(
                    one.getSimpleName().toString() + (word.equals("new") ? "(" : ""),
                    "class",
                    "of this notebook"));
  }

  private void classes(Candidates found) {
    record Named(String name, String of, boolean here) {}
    if (begun.isEmpty()) {
      return;
    }
    List<Named> all = new ArrayList<>();
    for (String name : known.startingWith(begun)) {
      List<String> packages = known.packagesOf(name);
      Optional<String> here = imports.packageOf(name, packages);
      here.ifPresentOrElse(
          of -> all.add(new Named(name, of, true)),
          () -> packages.forEach(of -> all.add(new Named(name, of, false))));
      for (String owner : known.ownersOf(name)) {
        String of = KnownClasses.packageOf(owner);
        String outer = owner.substring(of.length() + 1);
        if (imports.has(of, outer)) {
          all.add(new Named(outer + "." + name, of, true));
        } else if (begun.is(name) && KnownClasses.isUsual(of)) {
          all.add(new Named(outer + "." + name, of, false));
        }
      }
    }
    all.sort(
        Comparator.comparing((Named one) -> !begun.is(one.name()) || !one.here())
            .thenComparing(one -> !one.here())
            .thenComparing(one -> one.name().indexOf('.') > 0)
            .thenComparing(one -> one.name().matches(".*(?:Exception|Error)"))
            .thenComparing(one -> !KnownClasses.isUsual(one.of()))
            .thenComparing(Named::name)
            .thenComparing(one -> KnownClasses.rank(one.of()))
            .thenComparing(Named::of));
    String open = word.equals("new") ? "(" : "";
    all.stream()
        .filter(Named::here)
        .filter(one -> !word.equals("new") || isMade(one.of() + "." + one.name()))
        .forEach(one -> found.add(one.name() + open, "class", one.of()));
    all.stream()
        .filter(one -> !one.here())
        .limit(MOST_ELSEWHERE)
        .forEach(
            one ->
                found.add(
                    one.of() + "." + one.name() + open,
                    "class",
                    "not imported; import %s.%s;".formatted(one.of(), one.name())));
  }

  private String nameOf(TypeElement type) {
    String of = packageOf(type);
    String whole = type.getQualifiedName().toString();
    String simple = of.isEmpty() ? whole : whole.substring(of.length() + 1);
    return isOfCell(type)
        ? type.getSimpleName().toString()
        : imports.has(of, simple.replaceAll("\\..*", "")) ? simple : whole;
  }

  private String packageOf(TypeElement type) {
    PackageElement of = members.seen().elements().getPackageOf(type);
    return of.getQualifiedName().toString();
  }

  private boolean isOfCell(Element one) {
    return members.seen().elements().getPackageOf(one).getQualifiedName().contentEquals("REPL");
  }
}
