import type { ManualStep, Reference, ReferenceGroup } from '../../model/reference';
import type { Rotation } from '../../model/rotation';
import type { Card, FolderScan } from './board';

export type StepName = 'create' | 'references' | 'verify' | 'delete';

/** A node of the *Rotations* view. */
export type RotationNode =
  | { readonly kind: 'rotation'; readonly card: Card }
  | { readonly kind: 'step'; readonly card: Card; readonly step: StepName }
  | {
      readonly kind: 'group';
      readonly card: Card;
      readonly scan: FolderScan;
      readonly group: ReferenceGroup;
      /** Names the new key already. */
      readonly patched: boolean;
    }
  | {
      readonly kind: 'reference';
      readonly card: Card;
      readonly scan: FolderScan;
      readonly reference: Reference;
    }
  | {
      readonly kind: 'manualStep';
      readonly card: Card;
      readonly scan: FolderScan;
      readonly group: ReferenceGroup;
      readonly step: ManualStep;
    }
  | { readonly kind: 'oldFiles'; readonly card: Card };

/** The children of a node, or the roots. */
export function rotationChildren(node: RotationNode | undefined, cards: readonly Card[]): RotationNode[] {
  if (!node) return cards.map((card) => ({ kind: 'rotation', card }));
  const { card } = node;
  switch (node.kind) {
    case 'rotation': {
      const steps: StepName[] = ['create', 'references', 'verify', 'delete'];
      const nodes: RotationNode[] = steps.map((step) => ({ kind: 'step', card, step }));
      if (card.oldFiles.length > 0) nodes.push({ kind: 'oldFiles', card });
      return nodes;
    }
    case 'step':
      return node.step === 'references' ? groupNodes(card) : [];
    case 'group':
      return groupChildren(card, node);
    default:
      return [];
  }
}

function groupChildren(card: Card, { scan, group, patched }: Extract<RotationNode, { kind: 'group' }>) {
  const steps = patched ? [] : group.manualSteps;
  return [
    ...group.references.map((reference) => ({ kind: 'reference' as const, card, scan, reference })),
    ...steps.map((step) => ({ kind: 'manualStep' as const, card, scan, group, step })),
  ];
}

function groupNodes(card: Card): RotationNode[] {
  return (card.scans ?? []).flatMap((scan): RotationNode[] => [
    ...scan.patched.map((group) => ({
      kind: 'group' as const,
      card,
      scan,
      group,
      patched: true,
    })),
    ...scan.old.groups.map((group) => ({ kind: 'group' as const, card, scan, group, patched: false })),
  ]);
}

/** The rotation a command was called on; `undefined` when it came from the palette. */
export function rotationIdOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRotationNode(target)) return undefined;
  return target.card.rotation.id;
}

export function isRotationNode(target: unknown): target is RotationNode {
  return typeof target === 'object' && target !== null && 'card' in target && 'kind' in target;
}

/** Whether the creation stopped on its way or its credential has to be saved, so that *Resume* has something to do. */
export function isResumable(rotation: Rotation): boolean {
  const { state, unsaved } = rotation;
  return state === 'creating' || (unsaved && (state === 'created' || state === 'watching'));
}
