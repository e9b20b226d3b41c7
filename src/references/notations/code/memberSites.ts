import type { Node } from 'web-tree-sitter';
import { meaningOf } from '../layered/siblingNames';
import { createAnchors } from './anchors';
import type { Language, Variable } from './language';
import { createScopes } from './scopes';
import { innermost, shortText } from './wrapped';

/** What is known of the type of an object: of a KMS client, nothing, imported from elsewhere. */
type TypeVerdict = 'specific' | 'unknown' | 'other';

/** An object, array or call whose members get values. */
export interface Site {
  readonly anchor: string;
  /** Types, calls, variables and keys close by: they may speak of a product. */
  readonly around: string[];
  /** Names of the classes and functions around. */
  readonly place: string;
  verdict: TypeVerdict;
  /** Arguments of Pulumi and CDKTF: they stand for the key itself, which would be replaced. */
  replaces: boolean;
  readonly entries: { readonly name: string; readonly value: Node }[];
}

/** A named value in a literal or call (`within`), or one that is written into a member of an `object`. */
export interface MemberWrite {
  readonly name: string;
  readonly value: Node;
  readonly within?: Node;
  readonly object?: Node;
}

/** What is read from the syntax of a language to gather the objects of a file. */
export interface Objects {
  readonly members: readonly MemberWrite[];
  /** Calls and creations, with the literals and variables that they are given. */
  readonly calls: readonly { readonly callee: () => string; readonly given: readonly Node[] }[];
  /** Literals that take over what others have: `{ ...base, kmsPassword: x }`. */
  readonly merges?: readonly { readonly into: Node; readonly from: readonly Node[] }[];
  /** Names of the classes and functions around a node. */
  placeOf(node: Node): string;
  /** What a literal or call is given to, in words that survive edits of values: keys, a call, a variable. */
  wordsOf(within: Node): string;
  /** The creation whose only purpose the literal is: `new Config([…])`. */
  creationAround(within: Node): Node | undefined;
  /** The type that an expression creates an object of. */
  typeOf(value: Node): string | undefined;
  /** Judges the name of a type or function by the imports of the file, and says where it comes from. */
  judge(name: string): { readonly verdict: TypeVerdict; readonly words: string };
  /** Whether what is created is the key itself: a resource of Pulumi or CDKTF. */
  isResource?(name: string): boolean;
}

/** Gathers the objects of a file that could be clients, each with everything that is written into it. */
export function collectSites(
  variables: readonly Variable[],
  language: Pick<Language, 'read' | 'fieldsNeedOwner'>,
  objects: Objects,
  checkTime: () => void,
): readonly Site[] {
  const scopes = createScopes(variables, language);
  const anchor = createAnchors();
  const byOwner = new Map<unknown, Map<number, Site>>();
  const byValue = new Map(
    variables.flatMap((variable) => variable.values.map((value) => [value.id, variable])),
  );

  function siteOf(owner: unknown, generation: number, words: string, place: string, around: string[]): Site {
    const own = byOwner.get(owner) ?? new Map<number, Site>();
    byOwner.set(owner, own);
    const site = own.get(generation) ?? {
      anchor: anchor({}, `${place}/${words}`),
      around,
      place,
      verdict: 'unknown',
      replaces: false,
      entries: [],
    };
    own.set(generation, site);
    return site;
  }

  function ofVariable(variable: Variable, use: Node): Site {
    const written = variable.values.filter((value) => value.startIndex <= use.startIndex);
    // Methods of a class run in any order: only the text of one function tells which object a local holds.
    const generation = variable.kind === 'field' ? 0 : written.length;
    const place = variable.kind === 'field' ? (variable.owner ?? '') : objects.placeOf(use);
    const name = generation > 1 ? `${variable.name}~${generation}` : variable.name;
    const value = generation === 0 ? variable.values[0] : written.at(-1);
    const types = [variable.type, value === undefined ? '' : (objects.typeOf(value) ?? '')].filter(
      (type) => type !== '',
    );
    const site = siteOf(variable, generation, name, place, [variable.owner ?? '', variable.name]);
    for (const type of types) note(site, type);
    return site;
  }

  function note(site: Site, name: string): void {
    const { verdict, words } = objects.judge(name);
    site.around.push(name, words);
    if (site.verdict !== 'specific' && verdict !== 'unknown') site.verdict = verdict;
    if (objects.isResource?.(name) === true) site.replaces = true;
  }

  function resolve(expression: Node): Variable | undefined {
    const inner = innermost(expression, language.read);
    const read = language.read(inner);
    return read.kind === 'name' ? scopes.resolve(read, inner.startIndex) : undefined;
  }

  function ofLiteral(within: Node): Site {
    const creation = objects.creationAround(within);
    const variable =
      byValue.get(within.id) ?? (creation === undefined ? undefined : byValue.get(creation.id));
    if (variable !== undefined) return ofVariable(variable, within);
    const known = byOwner.get(within.id)?.get(0);
    if (known !== undefined) return known;
    const words = objects.wordsOf(within);
    const site = siteOf(within.id, 0, words, objects.placeOf(within), [words]);
    const type = objects.typeOf(within);
    if (type !== undefined) note(site, type);
    return site;
  }

  function ofObject(object: Node): Site | undefined {
    const variable = resolve(object);
    if (variable !== undefined) return ofVariable(variable, object);
    // `this.config.x`, `module.exports.x`: no variable of this file, yet the same object wherever it stands.
    const read = language.read(object);
    if (read.kind !== 'name' || (read.owner === undefined && /^\$?this$|^self$/.test(read.name)))
      return undefined;
    const place = objects.placeOf(object);
    const text = shortText(object).replace(/\s+/g, '');
    return siteOf(`${place}/${text}`, 0, text, place, [text]);
  }

  const isMeant = ({ name }: MemberWrite) => meaningOf(name) !== undefined || /^access_?key_?id$/i.test(name);
  const meant = objects.members.filter(isMeant);
  const literals = new Set(meant.flatMap(({ within }) => within?.id ?? []));
  const owners = new Set<Site>();
  for (const write of [...meant, ...objects.members.filter((one) => !isMeant(one))]) {
    checkTime();
    if (write.within !== undefined && !literals.has(write.within.id)) continue;
    const site =
      write.within !== undefined
        ? ofLiteral(write.within)
        : write.object === undefined
          ? undefined
          : ofObject(write.object);
    if (site === undefined || (!isMeant(write) && !owners.has(site))) continue;
    owners.add(site);
    site.entries.push({ name: write.name, value: write.value });
  }
  for (const { callee, given } of objects.calls)
    for (const one of given) {
      checkTime();
      if (literals.has(one.id)) note(ofLiteral(one), callee());
      const variable = resolve(one);
      if (variable !== undefined)
        for (const site of byOwner.get(variable)?.values() ?? []) note(site, callee());
    }
  for (const { into, from } of objects.merges ?? []) {
    checkTime();
    const variables = literals.has(into.id) ? from.flatMap((one) => resolve(one) ?? []) : [];
    for (const variable of variables)
      for (const { entries } of byOwner.get(variable)?.values() ?? []) takeOver(ofLiteral(into), entries);
  }
  return [...owners];
}

/** Takes what is not said anew. A plain `password` may be in more than one object that is made from the same. */
function takeOver(site: Site, entries: Site['entries']): void {
  const known = site.entries.map(({ name }) => meaningOf(name));
  const missing = entries.filter(({ name }) => {
    const meaning = meaningOf(name);
    return (
      meaning !== undefined &&
      (meaning.ofKey || meaning.prefix !== '') &&
      !known.some((one) => one?.prefix === meaning.prefix && one.kind === meaning.kind)
    );
  });
  site.entries.push(...missing);
}
