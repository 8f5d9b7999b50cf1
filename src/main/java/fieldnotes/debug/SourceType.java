package fieldnotes.debug;

import java.lang.classfile.Signature;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The type of a variable as Java source, so that code can declare it again. */
final class SourceType {
  private static final Pattern IN_SNIPPET = Pattern.compile("REPL\\.\\$JShell\\$\\w+?\\$(?=\\D)");
  private static final Pattern NAMELESS = Pattern.compile(".*(?:\\$\\d|\\$\\$|\\$JShell\\$).*");

  private SourceType() {}

  static String of(Signature signature) {
    return switch (signature) {
      case Signature.BaseTypeSig base ->
          switch (base.baseType()) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'S' -> "short";
            case 'C' -> "char";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> "int";
          };
      case Signature.ArrayTypeSig array -> of(array.componentSignature()) + "[]";
      case Signature.TypeVarSig variable -> "Object";
      case Signature.ClassTypeSig type -> ofClass(type);
    };
  }

  private static String ofClass(Signature.ClassTypeSig type) {
    String outer = type.outerType().map(SourceType::of).map(name -> name + "$").orElse("");
    String name = outer.replaceAll("<.*>", "") + type.className().replace('/', '.');
    name = IN_SNIPPET.matcher(name).replaceAll("");
    if (NAMELESS.matcher(name).matches()) {
      return "Object";
    }
    return name.replace('$', '.')
        + (type.typeArgs().isEmpty()
            ? ""
            : type.typeArgs().stream()
                .map(SourceType::ofArgument)
                .collect(Collectors.joining(", ", "<", ">")));
  }

  private static String ofArgument(Signature.TypeArg argument) {
    return switch (argument) {
      case Signature.TypeArg.Unbounded any -> "?";
      case Signature.TypeArg.Bounded bounded ->
          switch (bounded.wildcardIndicator()) {
            case NONE -> of(bounded.boundType());
            case EXTENDS -> "? extends " + of(bounded.boundType());
            case SUPER -> "? super " + of(bounded.boundType());
          };
    };
  }
}
