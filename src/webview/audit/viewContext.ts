import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AuditStrings } from '../../model/auditView';

/** What every part of the view needs: the texts, the language and the service's present in ms UTC. */
export interface ViewContext {
  readonly strings: AuditStrings;
  readonly locale: string;
  readonly now: number;
}

export const AuditContext = createContext<ViewContext | undefined>(undefined);

export function useView(): ViewContext {
  const view = useContext(AuditContext);
  if (view === undefined) throw new Error('The audit view is drawn outside its context.');
  return view;
}

/** Fills `{0}`, `{1}`… of a text that came from the host. */
export function fill(text: string, ...args: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (mark, index) => String(args[Number(index)] ?? mark));
}
