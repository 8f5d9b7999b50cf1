package fieldnotes.kernel;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The mark at the cursor in the compiler's trees, and what the code around it says. */
final class Spot {
  /**
   * A call whose arguments the mark is among.
   *
   * @param name of the method, or of the class that is created
   * @param receiver what the method is called on, or null
   * @param owner the type that has the method, or null if it is called by its name alone
   * @param overloads all methods or constructors of the name
   * @param given the types of the arguments before the mark, null where unknown
   */
  record Call(
      String name,
      TreePath receiver,
      TypeMirror owner,
      List<Members.Overload> overloads,
      List<TypeMirror> given,
      List<? extends ExpressionTree> arguments) {}

  private final Probe.Seen seen;
  private final TreePath path;
  private final Members members;

  private Spot(Probe.Seen seen, TreePath path, Members members) {
    this.seen = seen;
    this.path = path;
    this.members = members;
  }

  /** The place of the mark, or null if the compiler has dropped it. */
  static Spot find(Probe.Seen seen, Members members) {
    TreePath[] found = new TreePath[1];
    new TreePathScanner<Void, Void>() {
      private void at(CharSequence name) {
        if (found[0] == null && CellCode.MARK.contentEquals(name)) {
          found[0] = getCurrentPath();
        }
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void nothing) {
        at(tree.getName());
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
        at(tree.getIdentifier());
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void nothing) {
        at(tree.getName());
        return super.visitMemberReference(tree, null);
      }

      @Override
      public Void visitErroneous(ErroneousTree tree, Void nothing) {
        return scan(tree.getErrorTrees(), null);
      }
    }.scan(seen.unit(), null);
    return found[0] == null ? null : new Spot(seen, found[0], members);
  }

  /** The expression or type whose member the mark is, or null. */
  TreePath receiver() {
    return switch (path.getLeaf()) {
      case MemberSelectTree select -> new TreePath(path, select.getExpression());
      case MemberReferenceTree reference -> new TreePath(path, reference.getQualifierExpression());
      default -> null;
    };
  }

  boolean isReference() {
    return path.getLeaf() instanceof MemberReferenceTree;
  }

  Element element(TreePath of) {
    return seen.trees().getElement(of);
  }

  /** The type of an expression; null if the compiler does not know it. */
  TypeMirror type(TreePath of) {
    TypeMirror type = seen.trees().getTypeMirror(of);
    return type == null
            || type.getKind() == TypeKind.ERROR
            || type.getKind() == TypeKind.PACKAGE
            || type.getKind() == TypeKind.NONE
        ? null
        : type;
  }

  /** The innermost call that the mark is an argument of, or null. */
  Call call() {
    // A mark that is called itself, as in f(new Mark()), is not in its own call.
    for (TreePath at = path; at.getParentPath() != null; at = at.getParentPath()) {
      Tree child = at.getLeaf();
      TreePath above = at.getParentPath();
      switch (above.getLeaf()) {
        case MethodInvocationTree call when call.getArguments().contains(child) -> {
          return call(above, call, call.getArguments().indexOf(child));
        }
        case NewClassTree made when made.getArguments().contains(child) -> {
          TypeMirror type = type(new TreePath(above, made.getIdentifier()));
          return new Call(
              made.getIdentifier().toString(),
              null,
              type,
              members.constructors(type, made.getIdentifier().toString()),
              given(above, made.getArguments(), made.getArguments().indexOf(child)),
              made.getArguments());
        }
        case LambdaExpressionTree lambda when lambda.getBody() instanceof BlockTree -> {
          return null;
        }
        case BlockTree block -> {
          return null;
        }
        default -> {}
      }
    }
    return null;
  }

  private Call call(TreePath above, MethodInvocationTree call, int index) {
    List<TypeMirror> given = given(above, call.getArguments(), index);
    TreePath select = new TreePath(above, call.getMethodSelect());
    if (call.getMethodSelect() instanceof MemberSelectTree member) {
      TreePath receiver = new TreePath(select, member.getExpression());
      String name = member.getIdentifier().toString();
      boolean isType = element(receiver) instanceof TypeElement;
      TypeMirror owner = type(receiver);
      if (owner == null && members.unknown(member.getExpression().toString()) != null) {
        owner = members.unknown(member.getExpression().toString()).asType();
        isType = true;
      }
      return new Call(
          name,
          receiver,
          owner,
          members.overloads(owner, name, isType),
          given,
          call.getArguments());
    }
    String name = call.getMethodSelect().toString();
    return new Call(name, null, null, named(name), given, call.getArguments());
  }

  /** The methods that can be called by their name alone. */
  List<Members.Overload> named(String name) {
    List<Members.Overload> found = new ArrayList<>();
    for (Element one : enclosing()) {
      if (one instanceof ExecutableElement method && method.getSimpleName().contentEquals(name)) {
        found.add(new Members.Overload(method, method.asType()));
      }
    }
    members.imported(seen.unit()).stream()
        .filter(one -> one instanceof ExecutableElement && one.getSimpleName().contentEquals(name))
        .forEach(one -> found.add(new Members.Overload((ExecutableElement) one, one.asType())));
    return found;
  }

  private List<TypeMirror> given(TreePath of, List<? extends ExpressionTree> arguments, int count) {
    List<TypeMirror> types = new ArrayList<>();
    for (ExpressionTree one : arguments.subList(0, count)) {
      types.add(
          one instanceof LambdaExpressionTree || one instanceof MemberReferenceTree
              ? null
              : type(new TreePath(of, one)));
    }
    return types;
  }

  /** The types of which one is wanted at the mark; none if anything may stand there. */
  List<TypeMirror> expected() {
    Tree child = path.getLeaf();
    TreePath above = path.getParentPath();
    if (above == null) {
      return List.of();
    }
    TypeMirror one =
        switch (above.getLeaf()) {
          case VariableTree variable when variable.getInitializer() == child ->
              isVar(variable) ? null : type(new TreePath(above, variable.getType()));
          case AssignmentTree set when set.getExpression() == child ->
              type(new TreePath(above, set.getVariable()));
          case BinaryTree two
              when two.getRightOperand() == child
                  && (two.getKind() == Tree.Kind.EQUAL_TO
                      || two.getKind() == Tree.Kind.NOT_EQUAL_TO) ->
              type(new TreePath(above, two.getLeftOperand()));
          case ReturnTree back -> returned(above);
          default -> null;
        };
    if (one != null) {
      return List.of(one);
    }
    Call call = isArgument(child, above.getLeaf()) ? call() : null;
    return call == null
        ? List.of()
        : members.fitting(call.overloads(), call.given()).stream()
            .map(overload -> Members.parameter(overload, call.given().size()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }

  private static boolean isArgument(Tree child, Tree above) {
    return switch (above) {
      case MethodInvocationTree call -> call.getArguments().contains(child);
      case NewClassTree made -> made.getArguments().contains(child);
      default -> false;
    };
  }

  private static boolean isVar(VariableTree variable) {
    return variable.getType() == null || variable.getType().toString().equals("var");
  }

  private TypeMirror returned(TreePath from) {
    for (TreePath at = from; at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof LambdaExpressionTree) {
        return null;
      }
      if (at.getLeaf() instanceof MethodTree method && method.getReturnType() != null) {
        return type(new TreePath(at, method.getReturnType()));
      }
    }
    return null;
  }

  /** The value that a switch, of which the mark is a case, asks about; or null. */
  TypeMirror switched() {
    for (TreePath at = path; at.getParentPath() != null; at = at.getParentPath()) {
      TreePath above = at.getParentPath();
      if (above.getLeaf() instanceof CaseTree of) {
        if (!of.getLabels().contains(at.getLeaf()) && !of.getExpressions().contains(at.getLeaf())) {
          return null;
        }
        TreePath whole = above.getParentPath();
        ExpressionTree asked =
            switch (whole.getLeaf()) {
              case SwitchTree one -> one.getExpression();
              case SwitchExpressionTree one -> one.getExpression();
              default -> null;
            };
        return asked == null ? null : type(new TreePath(new TreePath(whole, asked), strip(asked)));
      }
    }
    return null;
  }

  private static Tree strip(ExpressionTree asked) {
    return asked instanceof com.sun.source.tree.ParenthesizedTree in ? in.getExpression() : asked;
  }

  /** The variables that code before the mark in the cell declares, the nearest first. */
  Map<String, TypeMirror> locals() {
    Map<String, TypeMirror> found = new LinkedHashMap<>();
    for (TreePath at = path; at.getParentPath() != null; at = at.getParentPath()) {
      Tree child = at.getLeaf();
      TreePath above = at.getParentPath();
      switch (above.getLeaf()) {
        case BlockTree block -> declared(above, block.getStatements(), child, found);
        case CaseTree one -> {
          if (one.getStatements() != null) {
            declared(above, one.getStatements(), child, found);
          }
          patterns(above, one.getLabels(), found);
        }
        case ForLoopTree loop -> declared(above, loop.getInitializer(), child, found);
        case EnhancedForLoopTree loop when child != loop.getExpression() ->
            declared(above, List.of(loop.getVariable()), child, found);
        case LambdaExpressionTree lambda -> declared(above, lambda.getParameters(), child, found);
        case MethodTree method -> declared(above, method.getParameters(), child, found);
        case TryTree attempt -> declared(above, attempt.getResources(), child, found);
        case CatchTree caught -> declared(above, List.of(caught.getParameter()), child, found);
        case ClassTree type -> {}
        default -> patterns(above, List.of(above.getLeaf()), found);
      }
    }
    for (Element one : enclosing()) {
      if (one.getKind().isField()) {
        found.putIfAbsent(one.getSimpleName().toString(), one.asType());
      }
    }
    found.remove("<error>");
    return found;
  }

  private void declared(
      TreePath in, List<? extends Tree> trees, Tree until, Map<String, TypeMirror> found) {
    List<VariableTree> before = new ArrayList<>();
    for (Tree one : trees) {
      if (one == until) {
        break;
      }
      if (one instanceof VariableTree variable) {
        before.addFirst(variable);
      }
    }
    before.forEach(one -> add(new TreePath(in, one), one, found));
  }

  private void add(TreePath at, VariableTree variable, Map<String, TypeMirror> found) {
    Element element = element(at);
    String name = variable.getName().toString();
    if (!name.isEmpty() && !name.equals(CellCode.MARK) && !found.containsKey(name)) {
      found.put(name, element == null ? null : element.asType());
    }
  }

  /** The variables of {@code instanceof} and {@code case} patterns in trees around the mark. */
  private void patterns(TreePath in, List<? extends Tree> trees, Map<String, TypeMirror> found) {
    for (Tree tree : trees) {
      TreePath from = tree == in.getLeaf() ? in : new TreePath(in, tree);
      new TreePathScanner<Void, Void>() {
        @Override
        public Void visitBindingPattern(BindingPatternTree pattern, Void nothing) {
          add(new TreePath(getCurrentPath(), pattern.getVariable()), pattern.getVariable(), found);
          return null;
        }

        @Override
        public Void visitBlock(BlockTree block, Void nothing) {
          return null;
        }
      }.scan(from, null);
    }
  }

  /** The method around the code, and constructors. */
  private static boolean isMade(String name) {
    return name.equals("$at$") || name.startsWith("<");
  }

  /** The members of the classes that the mark is in, also of those that the cell declares. */
  List<Element> enclosing() {
    List<Element> found = new ArrayList<>();
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof ClassTree && element(at) instanceof TypeElement type) {
        type.getEnclosedElements().stream()
            .filter(one -> !isMade(one.getSimpleName().toString()))
            .forEach(found::add);
      }
    }
    return found;
  }
}
