/** Labels of clips: who heard what, kept safe, combined, guided and refined. */
package fieldnotes.label;
