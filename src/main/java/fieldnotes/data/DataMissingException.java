package fieldnotes.data;

/**
 * A data set that cannot be had on this machine, with the reason and the remedy. The first line of
 * its message always reads {@code Data set 'ID' is not here: REASON. To get it: REMEDY}.
 */
public final class DataMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String reason;
  private final String remedy;

  /** Sentences without a full stop at their end. */
  public DataMissingException(String id, String reason, String remedy, Throwable cause) {
    super("Data set '%s' is not here: %s. To get it: %s".formatted(id, reason, remedy), cause);
    this.id = id;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Which data set. */
  public String id() {
    return id;
  }

  /** Why it is not here. */
  public String reason() {
    return reason;
  }

  /** What to do about it: a command, or a few words. */
  public String remedy() {
    return remedy;
  }
}
