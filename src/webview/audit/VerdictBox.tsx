import type { AuditViewState } from '../../model/auditView';
import { Icon, type IconName } from './Icon';
import { Sentence } from './Moment';
import { useView } from './viewContext';

const ICONS: Record<'inUse' | 'quiet' | 'unknown', IconName> = {
  inUse: 'dot',
  quiet: 'check',
  unknown: 'question',
};

/** The verdict, words first. A verdict that could not be read again stays, marked as no longer current. */
export function VerdictBox({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  const { verdict } = state;
  const waiting = verdict === undefined && state.status !== 'error';
  return (
    <section class={`verdict ${verdict?.kind ?? 'none'}`} aria-label={strings.verdict}>
      {verdict !== undefined && (
        <>
          <h2>
            <Icon name={ICONS[verdict.kind]} />
            <span>
              <Sentence text={verdict.headline} />
            </span>
          </h2>
          {state.status === 'error' && <p class="hint">{strings.notCurrent}</p>}
          {verdict.sentences.map((sentence, index) => (
            <p key={index}>
              <Sentence text={sentence} />
            </p>
          ))}
        </>
      )}
      {waiting && <h2 class="waiting">{strings.checking}</h2>}
      {verdict === undefined && !waiting && <h2>{strings.notChecked}</h2>}
      {state.status === 'error' && (
        <p class="error" role="alert">
          <Icon name="cross" />
          <span>{state.error ?? strings.notChecked}</span>
        </p>
      )}
    </section>
  );
}
