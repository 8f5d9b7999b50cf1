package fieldnotes.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of documentation comments without their marks. */
final class DocText {
  private static final Pattern LINK =
      Pattern.compile("\\{@(?:link|linkplain|value)\\s+(?<to>[^{}]*)\\}");

  /** A target, whose parameters may contain blanks, and a label. */
  private static final Pattern LABELLED =
      Pattern.compile("[^\\s(]+(?:\\([^()]*\\))?\\s+(?<label>.+)", Pattern.DOTALL);

  private static final Pattern FIRST_END =
      Pattern.compile("(?m)<p>|<pre|<ul>|<ol>|<h\\d|<blockquote|<table|^\\s*@\\w|\\R\\s*\\R");
  private static final Pattern TAG =
      Pattern.compile("(?m)^\\s*@(?<tag>\\w+)\\s*(?<text>(?:(?!^\\s*@\\w).|\\R)*)");

  private DocText() {}

  /** Up to the first paragraph mark, block tag or empty line. */
  static String firstParagraph(String javadoc) {
    if (javadoc == null) {
      return "";
    }
    Matcher end = FIRST_END.matcher(javadoc.strip());
    String text = javadoc.strip();
    return (end.find() ? text.substring(0, end.start()) : text).strip();
  }

  /** All of a comment: its paragraphs, then parameters, result and errors, a line each. */
  static String whole(String javadoc) {
    if (javadoc == null) {
      return "";
    }
    Matcher tags = TAG.matcher(javadoc);
    int end = tags.find() ? tags.start() : javadoc.length();
    StringBuilder text = new StringBuilder();
    for (String paragraph :
        javadoc
            .substring(0, end)
            .replaceAll("(?i)<li>", "\n\n- ")
            .split("(?i)</?p>|</?[uo]l>|</?pre>|</?h\\d>|\\R\\s*\\R")) {
      String plain = plain(paragraph);
      if (!plain.isEmpty()) {
        text.append(text.isEmpty() ? "" : plain.startsWith("- ") ? "\n" : "\n\n").append(plain);
      }
    }
    boolean first = true;
    for (boolean more = end < javadoc.length(); more; more = tags.find()) {
      text.append(text.isEmpty() ? "" : first ? "\n\n" : "\n");
      text.append(tag(tags.group("tag"), plain(tags.group("text"))));
      first = false;
    }
    return text.toString();
  }

  private static String tag(String tag, String text) {
    return switch (tag) {
      case "param" -> {
        String[] parts = text.split("\\s+", 2);
        yield "  " + parts[0] + ": " + (parts.length > 1 ? parts[1] : "");
      }
      case "return" -> "Returns " + text;
      case "throws", "exception" -> "Throws " + text;
      case "see" -> "See " + text.replaceFirst("^\"(.*)\"$", "$1");
      default -> tag + ": " + text;
    };
  }

  /** What a comment says of a parameter, or null. */
  static String parameter(String javadoc, String name) {
    Matcher tags = TAG.matcher(javadoc);
    while (tags.find()) {
      String[] parts = tags.group("text").strip().split("\\s+", 2);
      if (tags.group("tag").equals("param") && parts.length > 1 && parts[0].equals(name)) {
        return parts[1];
      }
    }
    return null;
  }

  /** The text without tags, on one line. */
  static String plain(String javadoc) {
    return LINK.matcher(javadoc)
        .replaceAll(link -> Matcher.quoteReplacement(linked(link.group("to"))))
        .replaceAll("\\{@(?:code|literal|systemProperty)\\s+([^{}]*)\\}", "$1")
        .replaceAll("\\{@return\\s+([^{}]*)\\}", "Returns $1.")
        .replaceAll("\\{@\\w+\\s*([^{}]*)\\}", "$1")
        .replaceAll("<[^<>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** What a link shows: its label, or its target as code would name it. */
  private static String linked(String to) {
    Matcher parts = LABELLED.matcher(to.strip());
    return parts.matches()
        ? parts.group("label")
        : to.strip().replaceFirst("^#", "").replace('#', '.');
  }
}
