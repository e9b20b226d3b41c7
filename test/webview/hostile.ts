import type { AuditViewState } from '../../src/model/auditView';
import { callerRow, entryRows, NOW, SHARES } from './rows';
import { STATES } from './states';

/** What a client may send as its user agent, and what may stand in any other field of a log. */
export const HOSTILE = {
  markup: '<img src=x onerror="window.owned=1"><b>bold</b>',
  script: '</script><script>window.owned=1</script>',
  link: '<a href="javascript:window.owned=1">command:workbench.action.quit</a>',
  template: '{0} $\u007Bwindow.owned=1} {{constructor.constructor("window.owned=1")()}}',
  controls: 'bell \u0007 null \u0000 escape \u001b[31m line\nfeed \u2028 end',
  rightToLeft: 'user\u202Egnp.exe\u202C \u2066isolate \u200Fmark \u061C',
  long: 'A'.repeat(10 * 1024),
  longWords: 'Java '.repeat(2048),
} as const;

/** The state with a hostile value wherever a text of a log, of a file or of an answer is drawn. */
export function hostileState(value: string): AuditViewState {
  const [entry] = entryRows(1);
  const [share] = SHARES;
  if (entry === undefined || share === undefined) throw new Error('There are no rows to spoil.');
  return {
    ...STATES.inUse,
    aapName: value,
    verdict: { ...STATES.inUse.verdict, sentences: [['Deleting now would break: ', value, { at: NOW }]] },
    shares: {
      quality: 'exact',
      rows: [{ ...share, api: value, status: value, gateway: value }],
    },
    callers: [
      callerRow({
        state: 'oldKey',
        userAgent: value,
        api: value,
        resource: value,
        network: value,
        addresses: [value, value, value],
        sureText: value,
        reference: { label: value, how: value },
        retire: 'unmark',
        reason: value,
      }),
    ],
    entries: {
      status: 'ready',
      rows: [
        {
          ...entry,
          api: value,
          resource: value,
          status: value,
          error: value,
          address: value,
          userAgent: value,
          gateway: value,
          requestId: value,
        },
      ],
      more: true,
      complete: true,
    },
    rollout: { open: 1, text: value },
    evidence: [{ level: 'note', text: [value] }],
    deletion: { offered: false, label: 'Delete old key… (held back)', reason: [value] },
  };
}
