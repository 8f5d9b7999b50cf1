package fieldnotes.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the values of a notebook's variables. JShell stores them in the class of the snippet and
 * recreates that class, empty, whenever something the snippet uses is declared again: with {@code
 * var x = 1;} and {@code var y = x + 1;}, rerunning the first would set y to 0. Therefore each
 * variable has its own class here, which is kept as long as the variable's type stays the same, and
 * the code of cells is rewritten to use it.
 */
final class Variables {
  private static final Pattern SNIPPET = Pattern.compile("REPL/\\$JShell\\$(?<id>\\d+)[A-Z]*");

  /** Fields that are not variables of the user: the compiler's, and JShell's $1, $2, … */
  private static final Pattern INTERNAL = Pattern.compile("\\$.*");

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final MethodTypeDesc TAKES_STRING =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final ClassDesc UNSET = ClassDesc.of(Unset.class.getName());

  private record Holder(String className, String type) {}

  private final CellLoader loader;
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();
  private final Set<String> emptied = new LinkedHashSet<>();
  private final Set<String> initialised = new HashSet<>();

  Variables(CellLoader loader) {
    this.loader = loader;
  }

  /** Emits an instruction, redirected to the variable's own class if it accesses a variable. */
  void put(CodeBuilder builder, FieldInstruction instruction) {
    Matcher snippet = SNIPPET.matcher(instruction.owner().asInternalName());
    String name = instruction.name().stringValue();
    if (!snippet.matches() || INTERNAL.matcher(name).matches()) {
      builder.with(instruction);
      return;
    }
    String holder = holder(snippet.group("id"), name, instruction.typeSymbol());
    boolean unset = Unset.isUnset(holder);
    if (unset && instruction.opcode() == Opcode.GETSTATIC) {
      builder.loadConstant(holder).invokestatic(UNSET, "check", TAKES_STRING);
    }
    builder.fieldAccess(instruction.opcode(), ClassDesc.of(holder), name, instruction.typeSymbol());
    if (unset && instruction.opcode() == Opcode.PUTSTATIC) {
      builder.loadConstant(holder).invokestatic(UNSET, "set", TAKES_STRING);
    }
  }

  private String holder(String id, String name, ClassDesc type) {
    String key = id + " " + name;
    Holder known = holders.get(key);
    if (known != null && known.type().equals(type.descriptorString())) {
      return known.className();
    }
    if (known != null) {
      Unset.set(known.className());
      initialised.remove(key);
      if (loader.empty(known.className(), name)) {
        emptied.add(name);
      }
    }
    String className = "REPL.$Variable$" + MADE.incrementAndGet();
    loader.declare(
        className,
        ClassFile.of()
            .build(
                ClassDesc.of(className),
                holder -> {
                  holder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
                  holder.withField(name, type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC);
                }));
    holders.put(key, new Holder(className, type.descriptorString()));
    return className;
  }

  /** The variables that were reset because their type changed; each is reported once. */
  Set<String> takeEmptied() {
    Set<String> names = new LinkedHashSet<>(emptied);
    emptied.clear();
    return names;
  }

  /** Sets a variable to null, zero or false, like a declaration without a value. */
  void reset(String id, String name) {
    Holder holder = holders.get(id + " " + name);
    if (holder != null) {
      loader.empty(holder.className(), name);
    }
  }

  /**
   * The value of a variable.
   *
   * @throws IllegalStateException saying why it has none
   */
  Object value(String id, String name) {
    Holder holder = holders.get(id + " " + name);
    if (holder == null) {
      return null;
    }
    Unset.check(holder.className());
    return loader.value(holder.className(), name).map(CellLoader.Value::value).orElse(null);
  }

  /** The value of a variable; nothing if no code has used it, or its initialiser failed. */
  Optional<CellLoader.Value> valueIfSet(String id, String name) {
    Holder holder = holders.get(id + " " + name);
    return holder == null || Unset.isUnset(holder.className())
        ? Optional.empty()
        : loader.value(holder.className(), name);
  }

  /** Notes that the declaration of a variable has run to its end. */
  void initialised(String id, String name) {
    String key = id + " " + name;
    initialised.add(key);
    Holder holder = holders.get(key);
    if (holder != null) {
      Unset.set(holder.className());
    }
  }

  /** Notes why a variable has no value, unless it keeps one from an earlier run of its cell. */
  void failed(String id, String name, String reason) {
    Holder holder = holders.get(id + " " + name);
    if (holder != null && !initialised.contains(id + " " + name)) {
      Unset.failed(holder.className(), name, reason);
    }
  }

  /** Forgets the reasons. */
  void close() {
    holders.values().forEach(holder -> Unset.set(holder.className()));
  }
}
