import { findClientKeyId } from '../model/clientKey';
import type { Notation as NotationName, TextRange } from '../model/reference';
import type { Findings, FoundClient, FoundMember, FoundMount, FoundSetting, FoundValue } from './notation';

/** Where a value stands, for people: line and column from 1, the column in UTF-16 units. */
type Place = Pick<TextRange, 'line' | 'column'>;

export type PlacedMember = FoundMember &
  Place & {
    /** The client key that its text names although it is put together at run time. */
    readonly named?: string;
  };
export type PlacedSetting = FoundSetting & Place;

export interface PlacedClient extends FoundClient {
  readonly members: readonly PlacedMember[];
}

export interface PlacedMount extends FoundMount {
  readonly source: FoundValue & Place;
  readonly target?: FoundValue & Place;
}

/**
 * What one file says, before other files are looked at. Plain data: it crosses threads, and holds secrets. Files are read
 * and parsed apart from each other, and put together by `linkFiles`.
 */
export interface FoundFile {
  /** Absolute path. */
  readonly file: string;
  /** The workspace folder that it was found in. */
  readonly folder: string;
  readonly notation: NotationName;
  readonly clients: readonly PlacedClient[];
  /** What look-ups of other files can be resolved by. */
  readonly settings: readonly PlacedSetting[];
  readonly mounts: readonly PlacedMount[];
  /** As written; see `Findings`. */
  readonly environmentFiles?: readonly string[];
}

/**
 * Adds lines and columns to what a notation found, and leaves out what only the preview needs.
 * @param decode makes text for people of a piece of text whose units are bytes (`TextFile.decodeValue`)
 */
export function describeFile(
  source: {
    readonly file: string;
    readonly folder: string;
    readonly notation: NotationName;
    readonly text: string;
  },
  { clients, settings = [], mounts = [], environmentFiles }: Findings,
  decode: (text: string) => string = (text) => text,
): FoundFile {
  const locate = lineLocator(source.text, decode);
  const place = <T extends FoundValue>(found: T): T & Place => ({
    ...found,
    ...(found.value === undefined ? {} : { value: decode(found.value) }),
    ...locate(found.start),
  });
  return {
    file: source.file,
    folder: source.folder,
    notation: source.notation,
    clients: clients.map((client) => ({
      ...client,
      members: client.members.map((member) => ({ ...place(member), ...keyNamedBy(member, source.text) })),
    })),
    settings: settings.map(place),
    mounts: mounts.map(({ source: from, target, ...rest }) => ({
      ...rest,
      source: place(from),
      ...(target === undefined ? {} : { target: place(target) }),
    })),
    ...(environmentFiles === undefined ? {} : { environmentFiles }),
  };
}

/** `"$folder/clientKey_KAAP.….json"` leads to nothing here, and says all the same which key it means. */
function keyNamedBy({ value, obstacle, start, end }: FoundMember, text: string): { named?: string } {
  if (value !== undefined || obstacle === 'lookup') return {};
  const named = findClientKeyId(text.slice(start, end));
  return named === undefined ? {} : { named };
}

function lineLocator(text: string, decode: (text: string) => string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: decode(text.slice(starts[low] ?? 0, offset)).length + 1 };
  };
}
