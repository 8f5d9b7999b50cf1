package fieldnotes.debug;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Signature;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Adds the calls of {@link Pause} to the methods of a class. */
final class Weaver {
  private static final ClassDesc PAUSE = ClassDesc.of(Pause.class.getName());
  private static final ClassDesc ACTIVATION = ClassDesc.of(Activation.class.getName());
  private static final MethodTypeDesc ENTER =
      MethodTypeDesc.of(ACTIVATION, ConstantDescs.CD_String, ConstantDescs.CD_String);
  private static final MethodTypeDesc LINE =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ACTIVATION, ConstantDescs.CD_int);
  private static final MethodTypeDesc LOCALS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ACTIVATION, ConstantDescs.CD_Object.arrayType());
  private static final MethodTypeDesc LEAVE = MethodTypeDesc.of(ConstantDescs.CD_void, ACTIVATION);

  private final Sites sites;
  private final Host host;

  Weaver(Sites sites, Host host) {
    this.sites = sites;
    this.host = host;
  }

  byte[] apply(ClassFile files, byte[] original) {
    ClassModel model = files.parse(original);
    String className = model.thisClass().asInternalName().replace('/', '.');
    boolean split =
        model.methods().stream().anyMatch(one -> one.methodName().equalsString(Chain.SPLIT));
    return files.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.code().isPresent()
              && !method.flags().has(AccessFlag.BRIDGE)
              && !(split && method.methodName().equalsString(Chain.SNIPPET))) {
            String name = method.methodName().stringValue();
            builder.transformMethod(
                method, MethodTransform.transformingCode(new Lines(className, name)));
          } else {
            builder.with(element);
          }
        });
  }

  private final class Lines implements CodeTransform {
    private final String className;
    private final String method;
    private final List<LocalVariable> variables = new ArrayList<>();
    private final List<LocalVariableType> types = new ArrayList<>();
    private final Set<Label> behind = new HashSet<>();
    private int activation;
    private int made;
    private boolean hasThis;

    Lines(String className, String method) {
      this.className = className;
      this.method = method;
      hasThis = !method.equals(ConstantDescs.INIT_NAME);
    }

    @Override
    public void atStart(CodeBuilder builder) {
      activation = builder.allocateLocal(TypeKind.REFERENCE);
      builder
          .loadConstant(className)
          .loadConstant(method)
          .invokestatic(PAUSE, "enter", ENTER)
          .astore(activation);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      switch (element) {
        // These come before the code.
        case LocalVariable variable -> variables.add(variable);
        case LocalVariableType type -> types.add(type);
        case LabelTarget target -> behind.add(target.label());
        case NewObjectInstruction one -> made++;
        case ReturnInstruction end -> builder.aload(activation).invokestatic(PAUSE, "leave", LEAVE);
        default -> {}
      }
      builder.with(element);
      switch (element) {
        case LineNumber number -> line(builder, number.line());
        case InvokeInstruction call when call.name().equalsString(ConstantDescs.INIT_NAME) -> {
          // The constructor has called another: from here on there is an object.
          hasThis |= made == 0;
          made = Math.max(0, made - 1);
        }
        default -> {}
      }
    }

    private void line(CodeBuilder builder, int line) {
      Host.Place place = host.place(className, line);
      if (place == null) {
        return;
      }
      List<LocalVariable> here =
          variables.stream()
              .filter(this::hasValue)
              .sorted(Comparator.comparingInt(LocalVariable::slot))
              .toList();
      List<Local> locals = here.stream().map(this::local).toList();
      int site = sites.add(new Site(className, method, line, locals, place));
      builder.aload(activation).loadConstant(site).invokestatic(PAUSE, "line", LINE);
      Label on = builder.newLabel();
      builder.ifeq(on).aload(activation).loadConstant(here.size());
      builder.anewarray(ConstantDescs.CD_Object);
      for (int i = 0; i < here.size(); i++) {
        builder.dup().loadConstant(i);
        loadBoxed(builder, here.get(i));
        builder.aastore();
      }
      builder.invokestatic(PAUSE, "locals", LOCALS).labelBinding(on);
    }

    private boolean hasValue(LocalVariable variable) {
      return behind.contains(variable.startScope())
          && !behind.contains(variable.endScope())
          && (hasThis || variable.slot() > 0);
    }

    private Local local(LocalVariable variable) {
      Signature signature =
          types.stream()
              .filter(type -> type.slot() == variable.slot())
              .filter(type -> type.startScope().equals(variable.startScope()))
              .map(LocalVariableType::signatureSymbol)
              .findFirst()
              .orElseGet(() -> Signature.of(variable.typeSymbol()));
      return new Local(
          variable.name().stringValue(),
          variable.typeSymbol().descriptorString(),
          SourceType.of(signature));
    }

    private static void loadBoxed(CodeBuilder builder, LocalVariable variable) {
      ClassDesc type = variable.typeSymbol();
      TypeKind kind = TypeKind.from(type);
      builder.loadLocal(kind, variable.slot());
      if (type.isPrimitive()) {
        ClassDesc box =
            switch (kind) {
              case BOOLEAN -> ConstantDescs.CD_Boolean;
              case BYTE -> ConstantDescs.CD_Byte;
              case SHORT -> ConstantDescs.CD_Short;
              case CHAR -> ConstantDescs.CD_Character;
              case LONG -> ConstantDescs.CD_Long;
              case FLOAT -> ConstantDescs.CD_Float;
              case DOUBLE -> ConstantDescs.CD_Double;
              default -> ConstantDescs.CD_Integer;
            };
        builder.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
      }
    }
  }
}
