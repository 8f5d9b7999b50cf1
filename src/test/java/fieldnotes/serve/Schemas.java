package fieldnotes.serve;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks JSON against the schemas of a description: as much of them as it uses. */
final class Schemas {
  private final JsonNode api;

  Schemas(JsonNode api) {
    this.api = api;
  }

  /** What does not fit; empty if all does. */
  List<String> faults(JsonNode schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    check(schema, value, "", faults);
    return faults;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
    for (String word : schema.propertyNames()) {
      JsonNode of = schema.path(word);
      switch (word) {
        case "$ref" -> check(api.at(of.asString().substring(1)), value, at, faults);
        case "type" -> require(isOf(of, value), at + ": " + value + " is no " + of, faults);
        case "enum" -> require(has(of, value), at + ": " + value + " is none of " + of, faults);
        case "pattern" ->
            require(
                value.asString("").matches(of.asString()),
                at + ": " + value + " is not " + of,
                faults);
        case "minimum" ->
            require(value.asDouble() >= of.asDouble(), at + ": " + value + " < " + of, faults);
        case "maximum" ->
            require(value.asDouble() <= of.asDouble(), at + ": " + value + " > " + of, faults);
        case "minItems" -> require(value.size() >= of.asInt(), at + ": too few", faults);
        case "maxItems" -> require(value.size() <= of.asInt(), at + ": too many", faults);
        case "required" ->
            of.forEach(
                one ->
                    require(value.has(one.asString()), at + ": lacks " + one.asString(), faults));
        case "properties" -> {
          for (String name : of.propertyNames()) {
            if (value.has(name)) {
              check(of.path(name), value.path(name), at + "/" + name, faults);
            }
          }
        }
        case "additionalProperties" ->
            value.properties().stream()
                .filter(one -> !schema.path("properties").has(one.getKey()))
                .forEach(one -> check(of, one.getValue(), at + "/" + one.getKey(), faults));
        case "items" -> {
          for (int i = 0; i < value.size(); i++) {
            check(of, value.path(i), at + "/" + i, faults);
          }
        }
        case "allOf" -> of.forEach(one -> check(one, value, at, faults));
        case "anyOf" -> {
          List<String> all = new ArrayList<>();
          boolean fits = false;
          for (JsonNode one : of) {
            List<String> here = faults(one, value);
            fits |= here.isEmpty();
            all.addAll(here);
          }
          require(fits, at + ": fits none: " + all, faults);
        }
        case "description", "format" -> {}
        default -> throw new AssertionError("the check knows no " + word);
      }
    }
  }

  private static void require(boolean fits, String fault, List<String> faults) {
    if (!fits) {
      faults.add(fault);
    }
  }

  private static boolean has(JsonNode all, JsonNode one) {
    return all.valueStream().anyMatch(one::equals);
  }

  private static boolean isOf(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      return types.valueStream().anyMatch(one -> isOf(one, value));
    }
    return switch (types.asString()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError("there is no type " + types);
    };
  }
}
