import type { AuditEvidenceRow, AuditViewState } from '../../model/auditView';
import { Icon, type IconName } from './Icon';
import { Sentence } from './Moment';
import { useView } from './viewContext';

const ICONS: Record<AuditEvidenceRow['level'], IconName> = { ok: 'check', note: 'minus', problem: 'bang' };

/** What the verdict rests on, one fact a line. */
export function Evidence({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  const levels = { ok: strings.levelOk, note: strings.levelNote, problem: strings.levelProblem };
  return (
    <section aria-labelledby="evidence-title">
      <h2 id="evidence-title">{strings.evidence}</h2>
      {state.evidence.length === 0 ? (
        <p class="hint">{strings.noEvidence}</p>
      ) : (
        <ul class="evidence">
          {state.evidence.map((row, index) => (
            <li key={index} class={row.level}>
              <Icon name={ICONS[row.level]} />
              <span>
                <span class="visually-hidden">{levels[row.level]}: </span>
                <Sentence text={row.text} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
