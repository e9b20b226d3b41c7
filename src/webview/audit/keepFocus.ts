const GROUPS = 'details, fieldset, section, main';

/**
 * Draws, and keeps the focus where it was: a row that moves in its list takes it along; where what had it is gone, the
 * nearest group around it that is left gets it. Otherwise it would fall back to the top of the page.
 */
export function keepFocus(draw: () => void): void {
  const before = document.activeElement;
  const around: Element[] = [];
  for (let element = before; element !== null; element = element.parentElement) around.push(element);
  draw();
  if (before === null || before === document.body || document.activeElement === before) return;
  const heir = before.isConnected ? before : around.find((one) => one.isConnected && one.matches(GROUPS));
  if (!(heir instanceof HTMLElement)) return;
  if (heir !== before) heir.tabIndex = -1;
  heir.focus({ preventScroll: true });
}
