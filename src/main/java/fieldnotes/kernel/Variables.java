package fieldnotes.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** The compiler's synthetic fields, but not JShell's own $1, $2, … */
  private static final Pattern COMPILERS = Pattern.compile("\\$\\D.*");

  private record Holder(String className, String type) {}

  private final CellLoader loader;
  private final Map<String, Holder> holders = new HashMap<>();
  private final Set<String> emptied = new LinkedHashSet<>();
  private int made;

  Variables(CellLoader loader) {
    this.loader = loader;
  }

  /** Emits an instruction, redirected to the variable's own class if it accesses a variable. */
  void put(CodeBuilder builder, FieldInstruction instruction) {
    Matcher snippet = SNIPPET.matcher(instruction.owner().asInternalName());
    String name = instruction.name().stringValue();
    if (!snippet.matches() || COMPILERS.matcher(name).matches()) {
      builder.with(instruction);
      return;
    }
    String holder = holder(snippet.group("id"), name, instruction.typeSymbol());
    builder.fieldAccess(instruction.opcode(), ClassDesc.of(holder), name, instruction.typeSymbol());
  }

  private String holder(String id, String name, ClassDesc type) {
    String key = id + " " + name;
    Holder known = holders.get(key);
    if (known != null && known.type().equals(type.descriptorString())) {
      return known.className();
    }
    if (known != null && empty(known.className(), name)) {
      emptied.add(name);
    }
    String className = "REPL.$Variable$" + ++made;
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
      empty(holder.className(), name);
    }
  }

  /** Returns whether the field had a value. */
  private boolean empty(String className, String name) {
    try {
      Field field = loader.classLoader().loadClass(className).getField(name);
      Object nothing = Array.get(Array.newInstance(field.getType(), 1), 0);
      boolean held = !Objects.equals(field.get(null), nothing);
      field.set(null, nothing);
      return held;
    } catch (ReflectiveOperationException | LinkageError e) {
      // A class that cannot be loaded has no value.
      return false;
    }
  }
}
