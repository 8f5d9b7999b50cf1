/**
 * The second chapter of <i>Hands-On Machine Learning</i>: the California housing table, its
 * preparation, and the state that its notebooks hand on.
 *
 * <p>Start at {@link fieldnotes.housing.Housing}.
 *
 * <pre>{@code
 * Columns preparation = Housing.simplePreparation();
 * System.out.println(preparation.parts().size());
 * }</pre>
 */
package fieldnotes.housing;
