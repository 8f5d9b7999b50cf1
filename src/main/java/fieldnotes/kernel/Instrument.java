package fieldnotes.kernel;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the code of cells stoppable: a call of {@link StopCheck#check} at the start of every method
 * and before every backward jump. A call of {@link StopCheck#caught} where an error is caught
 * counts the lacks of memory that a cell swallows. Also turns {@code System.exit} into an error of
 * the cell, and redirects the variables of the notebook to {@link Variables}.
 */
final class Instrument {
  private static final ClassDesc STOP_CHECK = ClassDesc.of("fieldnotes.kernel.StopCheck");
  private static final ClassDesc CELL_EXIT = ClassDesc.of("fieldnotes.kernel.CellExit");
  private static final MethodTypeDesc TAKES_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc TAKES_THROWABLE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable);

  /** What a lack of memory is caught as; besides this, by handlers of anything. */
  private static final List<String> LACKS =
      List.of(
          "java/lang/OutOfMemoryError",
          "java/lang/VirtualMachineError",
          "java/lang/Error",
          "java/lang/Throwable");

  private final ClassFile classFile;
  private final Variables variables;

  /**
   * @param bytes returns the class file for a name with slashes and ".class", or null
   */
  Instrument(Function<String, InputStream> bytes, Variables variables) {
    this.variables = variables;
    Function<ClassDesc, InputStream> source =
        type -> {
          String descriptor = type.descriptorString();
          return bytes.apply(descriptor.substring(1, descriptor.length() - 1) + ".class");
        };
    classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(source))));
  }

  ClassFile classFile() {
    return classFile;
  }

  byte[] apply(byte[] original) {
    return classFile.transformClass(
        classFile.parse(original),
        ClassTransform.transformingMethodBodies(
            CodeTransform.ofStateful(() -> new Weaver(variables))));
  }

  private static final class Weaver implements CodeTransform {
    private final Set<Label> behind = new HashSet<>();
    private final Set<Label> handlers = new HashSet<>();
    private final Variables variables;

    Weaver(Variables variables) {
      this.variables = variables;
    }

    @Override
    public void atStart(CodeBuilder builder) {
      check(builder);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      if (element instanceof LabelTarget target) {
        behind.add(target.label());
        if (handlers.contains(target.label())) {
          builder.with(element).dup().invokestatic(STOP_CHECK, "caught", TAKES_THROWABLE);
          return;
        }
      } else if (element instanceof ExceptionCatch one && isForLacks(one)) {
        handlers.add(one.handler()); // these come before the code
      } else if (element instanceof BranchInstruction branch && behind.contains(branch.target())) {
        check(builder);
      } else if (element instanceof InvokeInstruction call && isExit(call)) {
        builder.invokestatic(CELL_EXIT, "exit", TAKES_INT);
        return;
      } else if (element instanceof FieldInstruction field) {
        variables.put(builder, field);
        return;
      }
      builder.with(element);
    }

    private static boolean isForLacks(ExceptionCatch one) {
      return one.catchType().map(type -> LACKS.contains(type.name().stringValue())).orElse(true);
    }

    private static boolean isExit(InvokeInstruction call) {
      return call.opcode() == Opcode.INVOKESTATIC
          && call.owner().name().equalsString("java/lang/System")
          && call.name().equalsString("exit");
    }

    private static void check(CodeBuilder builder) {
      builder.invokestatic(STOP_CHECK, "check", ConstantDescs.MTD_void);
    }
  }
}
