package fieldnotes.kernel;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The members of types: which can be used, in which order they come up, and how they read. */
final class Members {
  /** A method or constructor, and its type as a member of the type it is called on. */
  record Overload(ExecutableElement element, TypeMirror type) {
    List<? extends TypeMirror> parameters() {
      return ((ExecutableType) type).getParameterTypes();
    }

    TypeMirror result() {
      return ((ExecutableType) type).getReturnType();
    }
  }

  /** What the compiler knows of elements and types in general. */
  record Tools(Elements elements, Types types) {}

  /** Methods that every object has, which are seldom what is looked for. */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "equals(1)",
          "hashCode(0)",
          "toString(0)",
          "getClass(0)",
          "notify(0)",
          "notifyAll(0)",
          "wait(0)",
          "wait(1)",
          "wait(2)");

  private final Probe.Seen seen;
  private final KnownClasses known;

  Members(Probe.Seen seen, KnownClasses known) {
    this.seen = seen;
    this.known = known;
  }

  /** A class that is not imported, by its simple name, if there is only one or one comes first. */
  TypeElement unknown(String simpleName) {
    return simpleName.matches("\\p{Lu}\\w*")
        ? known.placesOf(simpleName).stream()
            .map(of -> seen.elements().getTypeElement(of + "." + simpleName))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }

  /** The imported class whose simple name differs from this one only in its case; or null. */
  TypeElement importedInOtherCase(String name) {
    if (!name.matches("[\\w$]+") || known.isPackage(name)) {
      return null;
    }
    Imports imports = new Imports(seen.unit());
    Begun begun = new Begun(name, true);
    return known.startingWith(begun).stream()
        .filter(begun::is)
        .flatMap(
            one -> imports.packageOf(one, known.packagesOf(one)).stream().map(of -> of + "." + one))
        .map(one -> seen.elements().getTypeElement(one))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The class that a qualified name means, also one nested in another; or null. */
  TypeElement named(String name) {
    return name.matches("[\\w$]+(?:\\.[\\w$]+)+") ? seen.elements().getTypeElement(name) : null;
  }

  /**
   * The members that code can use, the most useful first: the type's own before inherited ones,
   * those of every object at the end.
   *
   * @param statics whether a type is asked, or a value
   */
  List<Element> of(TypeMirror type, boolean statics) {
    List<Element> found = new ArrayList<>();
    Map<Element, Integer> depth = new HashMap<>();
    for (TypeElement one : elements(type)) {
      depths(one, 0, depth);
      for (Element member : seen.elements().getAllMembers(one)) {
        boolean elsewhere =
            member instanceof TypeElement && !one.equals(member.getEnclosingElement());
        if (isUsable(member, statics) && !elsewhere && !found.contains(member)) {
          found.add(member);
        }
      }
    }
    found.sort(
        Comparator.comparing((Element one) -> isOfObject(one))
            .thenComparing(one -> seen.elements().isDeprecated(one))
            .thenComparing(one -> depth.getOrDefault(one.getEnclosingElement(), 99))
            .thenComparing(Members::kindOrder)
            .thenComparing(
                one ->
                    isComponent(one) || one.getKind() == ElementKind.ENUM_CONSTANT
                        ? ""
                        : one.getSimpleName().toString(),
                String.CASE_INSENSITIVE_ORDER));
    return found;
  }

  private void depths(TypeElement type, int at, Map<Element, Integer> depth) {
    if (depth.getOrDefault(type, 100) > at) {
      depth.put(type, at);
      for (TypeMirror above : seen.types().directSupertypes(type.asType())) {
        if (seen.types().asElement(above) instanceof TypeElement one) {
          depths(one, at + 1, depth);
        }
      }
    }
  }

  private static int kindOrder(Element one) {
    return switch (one.getKind()) {
      case ENUM_CONSTANT -> 0;
      case METHOD -> isComponent(one) ? 1 : 2;
      case FIELD -> one.getModifiers().contains(Modifier.STATIC) ? 3 : 0;
      default -> 4;
    };
  }

  private static boolean isComponent(Element one) {
    return one instanceof ExecutableElement method
        && method.getParameters().isEmpty()
        && method.getEnclosingElement() instanceof TypeElement of
        && of.getRecordComponents().stream()
            .anyMatch(c -> c.getSimpleName().equals(method.getSimpleName()));
  }

  static boolean isOfObject(Element one) {
    return one instanceof ExecutableElement method
        && OF_OBJECT.contains(one.getSimpleName() + "(" + method.getParameters().size() + ")");
  }

  private static boolean isUsable(Element member, boolean statics) {
    boolean isType = member.getKind().isClass() || member.getKind().isInterface();
    boolean isStatic = member.getModifiers().contains(Modifier.STATIC);
    return member.getKind() != ElementKind.CONSTRUCTOR
        && member.getKind() != ElementKind.STATIC_INIT
        && member.getKind() != ElementKind.INSTANCE_INIT
        && member.getKind() != ElementKind.TYPE_PARAMETER
        && member.getKind() != ElementKind.RECORD_COMPONENT
        && member.getSimpleName().toString().indexOf('$') < 0
        && (isType ? statics : isStatic == statics)
        && isVisible(member);
  }

  /** Whether cells may use it: a public one, or one that a cell has declared. */
  private static boolean isVisible(Element member) {
    Element top = member;
    while (top.getEnclosingElement() != null
        && top.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
      top = top.getEnclosingElement();
    }
    boolean ofCell = top.getSimpleName().toString().startsWith("$");
    return ofCell
        ? !member.getModifiers().contains(Modifier.PRIVATE)
        : member.getModifiers().contains(Modifier.PUBLIC);
  }

  private List<TypeElement> elements(TypeMirror type) {
    return switch (type) {
      case null -> List.of();
      case DeclaredType declared -> List.of((TypeElement) declared.asElement());
      case TypeVariable variable -> elements(variable.getUpperBound());
      case IntersectionType all ->
          all.getBounds().stream().flatMap(one -> elements(one).stream()).toList();
      case WildcardType wild ->
          wild.getExtendsBound() == null ? List.of() : elements(wild.getExtendsBound());
      default -> List.of();
    };
  }

  /** The methods of a name that a type has. */
  List<Overload> overloads(TypeMirror type, String name, boolean statics) {
    return of(type, statics).stream()
        .filter(one -> one instanceof ExecutableElement && one.getSimpleName().contentEquals(name))
        .map(one -> overload(type, (ExecutableElement) one))
        .toList();
  }

  /** A method as a member of a type, so that the type's arguments are known. */
  Overload overload(TypeMirror type, ExecutableElement method) {
    TypeMirror as = method.asType();
    if (type instanceof DeclaredType of && !method.getModifiers().contains(Modifier.STATIC)) {
      try {
        as = seen.types().asMemberOf(of, method);
      } catch (IllegalArgumentException e) {
        // of a bound of the type
      }
    }
    return new Overload(method, as);
  }

  /**
   * The public constructors of a class, which may not be imported.
   *
   * @param written the name as it stands in the code
   */
  List<Overload> constructors(TypeMirror type, String written) {
    TypeElement of =
        type instanceof DeclaredType declared
            ? (TypeElement) declared.asElement()
            : unknown(written);
    return of == null
        ? List.of()
        : ElementFilter.constructorsIn(of.getEnclosedElements()).stream()
            .filter(Members::isVisible)
            .map(one -> overload(type, one))
            .toList();
  }

  /** The overloads that the arguments so far fit, or all if none does. */
  List<Overload> fitting(List<Overload> all, List<TypeMirror> given) {
    List<Overload> fit =
        all.stream()
            .filter(
                one -> {
                  for (int i = 0; i < given.size(); i++) {
                    TypeMirror wanted = parameter(one, i);
                    if (wanted == null || !fits(given.get(i), wanted)) {
                      return false;
                    }
                  }
                  return true;
                })
            .toList();
    return fit.isEmpty() ? all : fit;
  }

  /** How many of the arguments are not of the very types of an overload. */
  int closeness(Overload of, List<TypeMirror> given) {
    int other = 0;
    for (int i = 0; i < given.size(); i++) {
      TypeMirror wanted = parameter(of, i);
      other +=
          wanted != null && given.get(i) != null && seen.types().isSameType(given.get(i), wanted)
              ? 0
              : 1;
    }
    return other;
  }

  /** The type of a parameter, of which the last may stand for many; null if there is none. */
  static TypeMirror parameter(Overload of, int index) {
    List<? extends TypeMirror> types = of.parameters();
    if (of.element().isVarArgs() && index >= types.size() - 1) {
      return ((ArrayType) types.getLast()).getComponentType();
    }
    return index < types.size() ? types.get(index) : null;
  }

  /** Whether a value of a type can stand where another is wanted; so may an unknown one. */
  boolean fits(TypeMirror type, TypeMirror wanted) {
    if (type == null || type.getKind() == TypeKind.NULL || type.getKind() == TypeKind.OTHER) {
      return true;
    }
    if (type.getKind() == TypeKind.VOID || type.getKind() == TypeKind.ERROR) {
      return false;
    }
    try {
      return seen.types()
          .isAssignable(seen.types().erasure(type), seen.types().erasure(bound(wanted)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static TypeMirror bound(TypeMirror wanted) {
    return wanted instanceof TypeVariable variable ? variable.getUpperBound() : wanted;
  }

  /** What static imports bring: what cells have declared, the last first, then the others. */
  List<Element> imported(CompilationUnitTree unit) {
    List<Element> cells = new ArrayList<>();
    List<Element> others = new ArrayList<>();
    for (ImportTree one : unit.getImports()) {
      if (one.isStatic() && one.getQualifiedIdentifier() instanceof MemberSelectTree name) {
        TreePath path = new TreePath(new TreePath(unit), one);
        TreePath of = new TreePath(new TreePath(path, name), name.getExpression());
        Element owner = seen.trees().getElement(of);
        boolean ofCell = name.getExpression().toString().contains("$JShell$");
        if (owner instanceof TypeElement type) {
          boolean all = name.getIdentifier().contentEquals("*");
          Predicate<Element> wanted =
              member -> all || member.getSimpleName().equals(name.getIdentifier());
          for (Element member : type.getEnclosedElements()) {
            if (wanted.test(member)
                && member.getModifiers().contains(Modifier.STATIC)
                && (ofCell || member.getModifiers().contains(Modifier.PUBLIC))) {
              (ofCell ? cells : others).add(member);
            }
          }
        }
      }
    }
    List<Element> found = new ArrayList<>(cells.reversed());
    found.addAll(others);
    return found;
  }

  /** Methods and fields by name, so that overloads are one. */
  static Map<String, List<Element>> byName(List<Element> members) {
    return members.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.getSimpleName() + (one instanceof ExecutableElement ? "(" : ""),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** A type as code names it, without packages. */
  static String shortName(TypeMirror type) {
    return type == null ? "" : Names.shortType(type.toString());
  }

  /** The parameters of a method: {@code (Path path, int rate)}. */
  static String parameters(Overload of) {
    List<String> names = names(of.element());
    List<? extends TypeMirror> types = of.parameters();
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < types.size(); i++) {
      boolean many = of.element().isVarArgs() && i == types.size() - 1;
      text.append(i == 0 ? "" : ", ")
          .append(
              many
                  ? shortName(((ArrayType) types.get(i)).getComponentType()) + "..."
                  : shortName(types.get(i)))
          .append(names.get(i).isEmpty() ? "" : " " + names.get(i));
    }
    return text.append(')').toString();
  }

  /** The names of parameters, empty where the class file has none: those of abstract methods. */
  static List<String> names(ExecutableElement method) {
    List<String> names =
        method.getParameters().stream()
            .map(one -> one.getSimpleName().toString())
            .map(name -> name.startsWith("arg") && Names.isNumber(name.substring(3)) ? "" : name)
            .toList();
    // class files do not name those of a record's own constructor
    return method.getKind() == ElementKind.CONSTRUCTOR
            && method.getEnclosingElement() instanceof TypeElement of
            && of.getRecordComponents().size() == names.size()
            && names.stream().allMatch(String::isEmpty)
        ? of.getRecordComponents().stream().map(one -> one.getSimpleName().toString()).toList()
        : names;
  }

  Tools tools() {
    return new Tools(seen.elements(), seen.types());
  }

  Probe.Seen seen() {
    return seen;
  }
}
