package fieldnotes.data;

/**
 * A data set is not available on this machine. The first line of the message always reads {@code
 * Data set 'ID' is not here: REASON. To get it: REMEDY}.
 */
public final class DataMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String reason;
  private final String remedy;

  /** Reason and remedy are sentences without a final full stop. */
  public DataMissingException(String id, String reason, String remedy, Throwable cause) {
    super("Data set '%s' is not here: %s. To get it: %s".formatted(id, reason, remedy), cause);
    this.id = id;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** The name of the data set. */
  public String id() {
    return id;
  }

  /** Why it is not available. */
  public String reason() {
    return reason;
  }

  /** How to get it: a command or an instruction. */
  public String remedy() {
    return remedy;
  }
}
