import type { AuditViewState } from '../../model/auditView';
import { cutWords } from './cutWords';
import { tell } from './host';
import { Icon } from './Icon';
import { Sentence } from './Moment';
import { useView } from './viewContext';

interface DeletionProps {
  readonly deletion: AuditViewState['deletion'];
  readonly rollout: AuditViewState['rollout'];
}

/**
 * The delete button, and beside it how far the roll-out is. A deletion that is held back keeps its button, so that the
 * reason can be found by keyboard too.
 */
export function Deletion({ deletion, rollout }: DeletionProps) {
  const { strings } = useView();
  const { offered, label, reason } = deletion;
  return (
    <div class="deletion">
      <div class="row">
        <button
          type="button"
          aria-disabled={!offered}
          aria-describedby={reason === undefined ? undefined : 'deletion-reason'}
          onClick={() => offered && tell({ type: 'deleteOldKey' })}
        >
          {label}
        </button>
        {rollout !== undefined && (
          <span class={`rollout ${rollout.open > 0 ? 'open' : 'done'}`}>
            <Icon name={rollout.open > 0 ? 'bang' : 'check'} />
            <button
              type="button"
              class="link"
              title={strings.rollout}
              onClick={() => tell({ type: 'showRollout' })}
            >
              {cutWords(rollout.text)}
            </button>
          </span>
        )}
      </div>
      {reason !== undefined && (
        <p id="deletion-reason" class="hint">
          <Sentence text={reason} />
        </p>
      )}
    </div>
  );
}
