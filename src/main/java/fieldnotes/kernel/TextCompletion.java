package fieldnotes.kernel;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * Completes a text in the code: with what extensions know, by the call it is an argument of, and
 * with the names of files.
 */
final class TextCompletion {
  private final CellView view;
  private final TextHints hints;

  TextCompletion(CellView view, TextHints hints) {
    this.view = view;
    this.hints = hints;
  }

  /**
   * The candidates for a text.
   *
   * @param literal where its content begins
   * @param shift where the code begins in the cell
   */
  Candidates at(String before, int literal, int shift) {
    Candidates found = new Candidates(shift + literal);
    String begun = before.substring(literal);
    if (begun.indexOf('\n') >= 0) {
      return found;
    }
    String head = before.substring(0, literal).replaceFirst("\"+\\z", "");
    Map<String, Object> place = new HashMap<>();
    for (String code : CellCode.attempts(head)) {
      if (place.isEmpty()) {
        Map<String, Object> one = view.see(code, CellCode.MARK, members -> place(members, begun));
        place.putAll(one == null ? Map.of() : one);
      }
    }
    place.putIfAbsent("text", begun);
    place.put("variables", view.values());
    List<String> known = hints.of(place);
    for (Begun written : Begun.tries(begun)) {
      if (found.isEmpty()) {
        known.stream()
            .filter(written::begins)
            .map(one -> one.replace("\\", "\\\\").replace("\"", "\\\""))
            .forEach(one -> found.add(one, "text", ""));
        Paths.add(found, written);
      }
    }
    return found;
  }

  /** What {@link JavaKernel#addTextHints} describes. */
  private Map<String, Object> place(Members members, String begun) {
    Map<String, Object> place = new HashMap<>();
    Spot spot = Spot.find(members.seen(), members);
    if (spot == null) {
      return place;
    }
    place.put("text", begun);
    Spot.Call call = spot.call();
    if (call == null) {
      return place;
    }
    place.put("method", call.name());
    place.put("argument", call.given().size());
    List<String> parameters = new ArrayList<>();
    for (Members.Overload one : members.fitting(call.overloads(), call.given())) {
      List<String> names = Members.names(one.element());
      if (Members.parameter(one, call.given().size()) != null) {
        int at = Math.min(call.given().size(), names.size() - 1);
        parameters.add(names.get(at));
      }
      if (one.element().getEnclosingElement() instanceof TypeElement owner) {
        place.putIfAbsent("owner", owner.getQualifiedName().toString());
      }
    }
    place.put("parameters", parameters);
    Set<String> hidden = spot.locals().keySet();
    if (call.receiver() != null) {
      place.put("receiver", value(call.receiver().getLeaf(), hidden));
      place.put("root", value(root(call.receiver().getLeaf()), hidden));
    }
    List<Object> arguments = new ArrayList<>();
    for (ExpressionTree one : call.arguments().subList(0, call.given().size())) {
      arguments.add(value(one, hidden));
    }
    place.put("arguments", arguments);
    return place;
  }

  /** What a chain of calls begins with. */
  private static Tree root(Tree of) {
    return switch (of) {
      case MemberSelectTree select -> root(select.getExpression());
      case MethodInvocationTree call -> root(call.getMethodSelect());
      default -> of;
    };
  }

  private Object value(Tree of, Set<String> hidden) {
    return of instanceof IdentifierTree name && !hidden.contains(name.getName().toString())
        ? view.values().get(name.getName().toString())
        : null;
  }
}
