/** One line of a view, in words, before VS Code's types. */
export interface Row {
  /** Stable over refreshes: expansion and selection hang on it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Codicon. */
  readonly icon?: string;
  /** Theme colour of the icon. */
  readonly color?: string;
  /** Joined by `+` into the context value that menus match. */
  readonly tags: readonly string[];
  readonly expansion?: 'collapsed' | 'expanded';
  /** Replaces the whole text that a screen reader says, so it repeats description and badge. */
  readonly spoken?: string;
  /** URI that the file decorations of this view colour. */
  readonly resource?: string;
  readonly checked?: boolean;
  readonly click?: { readonly command: string; readonly title: string };
}

/** The context value of a row: tags joined by `+`. */
export function contextValueOf(row: Row): string {
  return row.tags.join('+');
}
