import { ACTIONS_ID } from './Actions';
import { useView } from './viewContext';

/** The first stop of the keyboard, shown while it has the focus: past a long list of callers to the actions. */
export function SkipButton() {
  const { strings } = useView();
  const skip = () => document.getElementById(ACTIONS_ID)?.querySelector('button')?.focus();
  return (
    <button type="button" class="skip" onClick={skip}>
      {strings.actions}
    </button>
  );
}
