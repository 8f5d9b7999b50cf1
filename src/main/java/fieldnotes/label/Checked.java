package fieldnotes.label;

/**
 * A clip that was heard a second time, to verify its label.
 *
 * @param first the label before
 * @param second the label given the second time, which holds now unless a later step says otherwise
 */
public record Checked(Label first, Label second) {}
