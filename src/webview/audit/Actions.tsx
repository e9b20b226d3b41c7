import type { AuditViewState } from '../../model/auditView';
import { tell } from './host';
import { Sentence } from './Moment';
import { useView } from './viewContext';

/** Copy and delete. A deletion that is held back keeps its button, so that the reason can be found by keyboard too. */
export function Actions({ state, copied }: { readonly state: AuditViewState; readonly copied: boolean }) {
  const { strings } = useView();
  const { offered, label, reason } = state.deletion;
  const canCopy = state.verdict !== undefined;
  return (
    <section class="actions" aria-label={strings.actions}>
      <button
        type="button"
        class="secondary"
        aria-disabled={!canCopy}
        onClick={() => canCopy && tell({ type: 'copyEvidence' })}
      >
        {strings.copyEvidence}
      </button>
      <span role="status" class="hint">
        {copied && strings.copied}
      </span>
      <button
        type="button"
        aria-disabled={!offered}
        aria-describedby={reason === undefined ? undefined : 'deletion-reason'}
        onClick={() => offered && tell({ type: 'deleteOldKey' })}
      >
        {label}
      </button>
      {reason !== undefined && (
        <p id="deletion-reason" class="hint">
          <Sentence text={reason} />
        </p>
      )}
    </section>
  );
}
