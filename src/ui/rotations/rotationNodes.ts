import type { ManualStep, Reference, ReferenceGroup } from '../../model/reference';
import type { RolloutPlace } from '../../model/rollout';
import { type Creation, isOpen, isRotation, type Rotation } from '../../model/rotation';
import type { Board, Card, CardPart, CreationCard, FolderScan } from './board';

export type StepName = 'create' | 'references' | 'rollout' | 'verify' | 'delete';

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
  | { readonly kind: 'place'; readonly card: Card; readonly place: RolloutPlace }
  | { readonly kind: 'oldFiles'; readonly card: Card };

/** The roll-out list of a rotation. */
export type PlacesOf = (card: Card) => readonly RolloutPlace[];

/** A node of the *Rotations* view for a client key that replaces none. */
export type CreationNode = { readonly kind: 'creation' | 'creationStep'; readonly card: CreationCard };

export type BoardNode = RotationNode | CreationNode;

/** The children of a node, or the roots: what began last on top. */
export function boardChildren(
  node: BoardNode | undefined,
  { cards, creations }: Pick<Board, 'cards' | 'creations'>,
  placesOf: PlacesOf,
): BoardNode[] {
  if (node === undefined)
    return [
      ...cards.map((card) => ({ kind: 'rotation' as const, card })),
      ...creations.map((card) => ({ kind: 'creation' as const, card })),
    ].sort((one, other) => shownOf(other.card).startedAt - shownOf(one.card).startedAt);
  if (!isCreationNode(node)) return rotationChildren(node, placesOf);
  return node.kind === 'creation' ? [{ kind: 'creationStep', card: node.card }] : [];
}

/** The children of a node of a rotation. */
export function rotationChildren(node: RotationNode, placesOf: PlacesOf): RotationNode[] {
  const { card } = node;
  switch (node.kind) {
    case 'rotation': {
      const rollout: StepName[] = card.rotation.newKey === undefined ? [] : ['rollout'];
      const steps: StepName[] = ['create', 'references', ...rollout, 'verify', 'delete'];
      const nodes: RotationNode[] = steps.map((step) => ({ kind: 'step', card, step }));
      if (card.oldFiles.length > 0) nodes.push({ kind: 'oldFiles', card });
      return nodes;
    }
    case 'step':
      if (node.step === 'rollout') return placesOf(card).map((place) => ({ kind: 'place', card, place }));
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

/** What a card is about. */
export function shownOf(card: Card | CreationCard): Rotation | Creation {
  return 'rotation' in card ? card.rotation : card.creation;
}

/** The rotation or creation a command was called on; `undefined` when it came from the palette. */
export function shownIdOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  return isBoardNode(target) ? shownOf(target.card).id : undefined;
}

/** The row above a row that can be revealed: places, steps, and the rotations themselves. */
export function boardParent(node: BoardNode): BoardNode | undefined {
  if (node.kind === 'place') return { kind: 'step', card: node.card, step: 'rollout' };
  return node.kind === 'step' ? { kind: 'rotation', card: node.card } : undefined;
}

const PARTS: Readonly<Partial<Record<StepName, CardPart>>> = {
  create: 'action',
  references: 'scan',
  verify: 'verdict',
  delete: 'action',
};

/** What the step of a row failed with, and whose calls it makes; as a row of the other view that shows an error. */
export function stepErrorOf(target: unknown): { error: unknown; accountId: string } | undefined {
  if (!isRotationNode(target) || target.kind !== 'step') return undefined;
  const { errors, rotation } = target.card;
  const part = PARTS[target.step];
  return { error: part && errors.get(part), accountId: rotation.aap.accountId };
}

export function isRotationNode(target: unknown): target is RotationNode {
  return isBoardNode(target) && !isCreationNode(target);
}

export function isCreationNode(target: BoardNode): target is CreationNode {
  return target.kind === 'creation' || target.kind === 'creationStep';
}

export function isBoardNode(target: unknown): target is BoardNode {
  return typeof target === 'object' && target !== null && 'card' in target && 'kind' in target;
}

/** Whether the creation stopped on its way or its credential has to be saved, so that *Resume* has something to do. */
export function isResumable(of: Rotation | Creation): boolean {
  if (!isRotation(of)) return isOpen(of);
  return of.state === 'creating' || (of.unsaved && (of.state === 'created' || of.state === 'watching'));
}
