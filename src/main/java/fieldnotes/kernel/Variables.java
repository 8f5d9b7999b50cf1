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
 * Where the values of a notebook's variables are. JShell keeps them in the class of the snippet,
 * and makes that class anew, empty, whenever something the snippet names is declared again: with
 * {@code var x = 1;} and {@code var y = x + 1;}, running the first once more would set y to 0. So
 * each variable has a class of its own here, that stays as long as the variable's type does, and
 * the code of cells is turned to read and write there.
 */
final class Variables {
  private static final Pattern SNIPPET = Pattern.compile("REPL/\\$JShell\\$(?<id>\\d+)[A-Z]*");

  /** The synthetic fields of the compiler, but not JShell's own $1, $2… */
  private static final Pattern COMPILERS = Pattern.compile("\\$\\D.*");

  private record Holder(String className, String type) {}

  private final CellLoader loader;
  private final Map<String, Holder> holders = new HashMap<>();
  private final Set<String> emptied = new LinkedHashSet<>();
  private int made;

  Variables(CellLoader loader) {
    this.loader = loader;
  }

  /** Puts the instruction, turned to the variable's own class if it is of a variable. */
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

  /** The variables that lost their value, as their type is another one now; each is said once. */
  Set<String> takeEmptied() {
    Set<String> names = new LinkedHashSet<>(emptied);
    emptied.clear();
    return names;
  }

  /** Sets a variable to null, zero or false, as its declaration without a value does. */
  void reset(String id, String name) {
    Holder holder = holders.get(id + " " + name);
    if (holder != null) {
      empty(holder.className(), name);
    }
  }

  /** Returns whether the field held something. */
  private boolean empty(String className, String name) {
    try {
      Field field = loader.classLoader().loadClass(className).getField(name);
      Object nothing = Array.get(Array.newInstance(field.getType(), 1), 0);
      boolean held = !Objects.equals(field.get(null), nothing);
      field.set(null, nothing);
      return held;
    } catch (ReflectiveOperationException | LinkageError e) {
      // A class that cannot be loaded holds nothing.
      return false;
    }
  }
}
