import type { AuditViewState, FromAuditView } from '../../model/auditView';
import { Deletion } from './Deletion';
import { tell } from './host';
import { useView } from './viewContext';

export const ACTIONS_ID = 'actions';

/** What can be taken away from the view, and the deletion it was opened for. */
export function Actions({ state, copied }: { readonly state: AuditViewState; readonly copied: boolean }) {
  const { strings } = useView();
  const read = state.verdict !== undefined;
  const shown = read || state.histogram.buckets.length > 0;
  return (
    <section id={ACTIONS_ID} class="actions" aria-label={strings.actions}>
      <div class="row">
        <Action label={strings.copyEvidence} enabled={read} says={{ type: 'copyEvidence' }} />
        {state.policyOffered && <Action label={strings.copyPolicy} enabled says={{ type: 'copyPolicy' }} />}
        <Action label={strings.exportCsv} enabled={shown} says={{ type: 'export', format: 'csv' }} />
        <Action label={strings.exportJson} enabled={shown} says={{ type: 'export', format: 'json' }} />
        <span role="status" class="hint">
          {copied && strings.copied}
        </span>
      </div>
      <Deletion deletion={state.deletion} rollout={state.rollout} />
    </section>
  );
}

interface ActionProps {
  readonly label: string;
  readonly enabled: boolean;
  readonly says: FromAuditView;
}

/** Kept in the tab order while it cannot be used, so that focus is not lost when that changes. */
function Action({ label, enabled, says }: ActionProps) {
  return (
    <button type="button" class="secondary" aria-disabled={!enabled} onClick={() => enabled && tell(says)}>
      {label}
    </button>
  );
}
