import type { AuditViewState } from '../../model/auditView';
import { Actions } from './Actions';
import { Announcer } from './Announcer';
import { Breakdown } from './Breakdown';
import { Callers } from './Callers';
import { useServiceNow } from './clock';
import { Entries } from './Entries';
import { Evidence } from './Evidence';
import { Header } from './Header';
import { Histogram } from './Histogram';
import { RangeButtons } from './RangeButtons';
import { SkipButton } from './SkipButton';
import { VerdictBox } from './VerdictBox';
import { AuditContext } from './viewContext';

interface AppProps {
  readonly state: AuditViewState;
  /** Local clock when `state` arrived, ms. */
  readonly receivedAt: number;
  readonly copied: boolean;
}

/** The audit view. Loading, empty, partial and error keep the same frame, so that nothing jumps. */
export function App({ state, receivedAt, copied }: AppProps) {
  const now = useServiceNow(state.now, receivedAt);
  return (
    <AuditContext.Provider value={{ strings: state.strings, locale: state.locale, now }}>
      <SkipButton />
      <Announcer state={state} />
      <main aria-busy={state.status === 'loading'}>
        <Header state={state} />
        <VerdictBox state={state} />
        <RangeButtons state={state} />
        <Histogram histogram={state.histogram} hasNewKey={state.newKeyId !== undefined} />
        <Breakdown histogram={state.histogram} shares={state.shares} />
        <Entries entries={state.entries} />
        <Callers state={state} />
        <Evidence state={state} />
        <Actions state={state} copied={copied} />
      </main>
    </AuditContext.Provider>
  );
}
