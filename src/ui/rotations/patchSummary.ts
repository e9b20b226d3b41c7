import type { PatchWarning } from '../../model/patch';
import type { ReferenceGroup, Strategy } from '../../model/reference';
import { manualStepCommand } from '../../references/link/manualSteps';
import type { WorkspacePatchPlan } from '../../rotation/rotations';
import { pathIn } from '../paths';
import type { Translate } from '../words';
import { manualStepText } from './manualStepText';

/** A group that a plan patches, with the way that was chosen for it. */
export interface PlannedGroup {
  readonly group: ReferenceGroup;
  readonly strategy: Strategy | undefined;
}

/**
 * What a plan does, in words: for each client how it gets the new credential, the files that are made, and what the patch
 * cannot do by itself. Stands above the differences in the preview. No value is in it.
 */
export function patchSummary(
  plan: WorkspacePatchPlan,
  groups: readonly PlannedGroup[],
  t: Translate,
): string {
  const sections = [
    section(
      t('What changes'),
      groups.map((each) => groupLine(plan.folder, each, t)),
    ),
    section(
      t('New files'),
      plan.copies.map(({ file }) => pathIn(plan.folder, file)),
    ),
    section(t('Before you deploy'), warningLines(plan, t)),
    section(t('By hand'), stepLines(plan, groups, t)),
    section(
      t('Left as it is'),
      plan.refused.length === 0
        ? []
        : [t('{0} groups cannot be patched safely; the log says why.', plan.refused.length)],
    ),
  ];
  return `${sections.filter((lines) => lines !== '').join('\n')}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function groupLine(folder: string, { group, strategy }: PlannedGroup, t: Translate): string {
  const where = placesOf(folder, group);
  if (strategy === 'beside') return t('new file beside the old one, and its path: {0}', where);
  if (strategy === 'inPlace') return t('new content, same file names: {0}', where);
  return t('the value itself: {0}', where);
}

/** `.env:3,4, app.yml:7`: what comes first matters most, because long lines are cut off. */
function placesOf(folder: string, group: ReferenceGroup): string {
  const lines = new Map<string, Set<number>>();
  for (const { file, range, notEditable } of group.references) {
    if (notEditable !== undefined) continue;
    const name = pathIn(folder, file);
    lines.set(name, (lines.get(name) ?? new Set()).add(range.line));
  }
  return [...lines].map(([name, numbers]) => `${name}:${[...numbers].join(',')}`).join(', ');
}

function warningLines(plan: WorkspacePatchPlan, t: Translate): string[] {
  const lines = plan.warnings.map(({ kind, file }) => warningText(kind, pathIn(plan.folder, file), t));
  return [...new Set(lines)];
}

function warningText(kind: PatchWarning['kind'], file: string, t: Translate): string {
  switch (kind) {
    case 'commitsPassword':
      return t('this commits a password; a file that git ignores would be safer: {0}', file);
    case 'deliverFiles':
      return t('deliver the new credential file and its password to the place named in {0}', file);
    case 'ignoredTarget':
      return t('git ignores this new file; deliver it to wherever this runs before you deploy: {0}', file);
    case 'committedCopy':
      return t('git does not ignore this new file: {0}', file);
    case 'notAtomic':
      return t(
        'key and password change in two files, one right after the other, and a program that reads in between fails once: {0}',
        file,
      );
  }
}

function stepLines(plan: WorkspacePatchPlan, groups: readonly PlannedGroup[], t: Translate): string[] {
  const lines: string[] = [];
  for (const { group } of groups)
    for (const step of group.manualSteps) {
      const command = manualStepCommand(step, plan.replacement, group.manualSteps);
      const shown = `    ${command}`;
      // One command for two steps stands below both.
      if (lines.at(-1) === shown) lines.pop();
      lines.push(manualStepText(step, t), ...(command === undefined ? [] : [shown]));
    }
  return lines;
}
