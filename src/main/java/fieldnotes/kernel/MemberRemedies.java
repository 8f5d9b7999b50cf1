package fieldnotes.kernel;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What a misspelt member, local variable or method may stand for, as the compiler sees its place.
 */
final class MemberRemedies {
  private static final Pattern MISSING =
      Pattern.compile("cannot find symbol: (?<kind>variable|method) (?<name>[\\w$]+).*");

  /** As for a component of a record without brackets. */
  private static final Pattern PRIVATE =
      Pattern.compile("(?<name>[\\w$]+) has private access in .*");

  private final CellView view;
  private final BooleanSupplier isBusy;

  /**
   * @param isBusy whether the compiler works for a cell that runs, so that nothing can be asked
   */
  MemberRemedies(CellView view, BooleanSupplier isBusy) {
    this.view = view;
    this.isBusy = isBusy;
  }

  /**
   * What to say about a name that the compiler does not know.
   *
   * @param code of the snippet
   * @param at where the compiler reports the error in it
   * @return nothing if it is no member and no local name, where others may know more; an empty text
   *     if it is a member like no other
   */
  Optional<String> of(String error, String code, int at) {
    Matcher missing = MISSING.matcher(error);
    Matcher isPrivate = PRIVATE.matcher(error);
    if ((!missing.matches() && !isPrivate.matches()) || isBusy.getAsBoolean()) {
      return Optional.empty();
    }
    String name = missing.matches() ? missing.group("name") : isPrivate.group("name");
    int start = code.indexOf(name, Math.max(0, at));
    if (start < 0) {
      return Optional.empty();
    }
    boolean isMethod = missing.matches() && missing.group("kind").equals("method");
    String meant =
        view.see(
            code.substring(0, start),
            CellCode.MARK,
            members -> {
              Spot spot = Spot.find(members.seen(), members);
              return spot == null ? null : meant(members, spot, name, isMethod);
            });
    return Optional.ofNullable(meant)
        .map(one -> one.isEmpty() ? one : "Did you mean %s?".formatted(one));
  }

  private static String meant(Members members, Spot spot, String name, boolean isMethod) {
    NearNames names = new NearNames();
    if (spot.receiver() == null) {
      if (isMethod) {
        spot.enclosing().stream()
            .filter(ExecutableElement.class::isInstance)
            .forEach(one -> names.add(one.getSimpleName().toString()));
        members.imported(members.seen().unit()).stream()
            .filter(ExecutableElement.class::isInstance)
            .forEach(one -> names.add(one.getSimpleName().toString()));
      } else {
        spot.locals().keySet().forEach(names::add);
      }
      return names.meant(name).orElse(null);
    }
    TypeMirror type = spot.type(spot.receiver());
    if (type == null) {
      return null;
    }
    if (type.getKind() == TypeKind.ARRAY) {
      names.add("length");
    }
    members
        .of(type, spot.element(spot.receiver()) instanceof TypeElement)
        .forEach(
            one -> {
              String member = one.getSimpleName().toString();
              if (!(one instanceof ExecutableElement method)) {
                names.add(member);
              } else if (isMethod) {
                names.add(member);
              } else if (method.getParameters().isEmpty()) {
                names.add(member, member + "()");
              }
            });
    return names.meant(name).orElse("");
  }
}
